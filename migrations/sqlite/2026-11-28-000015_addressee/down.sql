DROP INDEX organisations_by_name_key;
ALTER TABLE organisations DROP COLUMN name_key;
DROP TABLE addressee_codes;
DROP INDEX partnership_requests_to;
ALTER TABLE partnership_requests DROP COLUMN answered_by_email;
ALTER TABLE partnership_requests DROP COLUMN addressee_only;
