ALTER TABLE customers DROP COLUMN validation_code;
