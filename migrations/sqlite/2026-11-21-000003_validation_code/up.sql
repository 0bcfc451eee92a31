-- With which code a provider may add a customer to the Government Community Cloud; empty for everybody else.
ALTER TABLE customers ADD COLUMN validation_code TEXT NOT NULL DEFAULT '';
