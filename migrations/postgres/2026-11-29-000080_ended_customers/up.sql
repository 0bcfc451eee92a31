-- When the provider's relationship with a customer ended. The account stays, for its history and for coming back.
ALTER TABLE customers ADD COLUMN ended_at TIMESTAMP;
