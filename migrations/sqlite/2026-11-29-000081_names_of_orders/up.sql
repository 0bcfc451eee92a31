-- What the customer was called when the order was placed, where it is called otherwise by now.
ALTER TABLE orders ADD COLUMN company_name TEXT;
