DROP TABLE sheet_credentials;
DROP TABLE credential_sheets;
DROP INDEX customer_users_deleted;
ALTER TABLE customer_users DROP COLUMN deleted_at;
ALTER TABLE customer_users DROP COLUMN added_by_name;
ALTER TABLE customer_users DROP COLUMN location;
ALTER TABLE customer_users DROP COLUMN last_name;
ALTER TABLE customer_users DROP COLUMN first_name;
