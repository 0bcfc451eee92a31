DROP INDEX drafts_of_domain;
ALTER TABLE drafts DROP COLUMN known_alike;
ALTER TABLE drafts DROP COLUMN domain;
DROP INDEX customers_of_email;
DROP INDEX customers_of_registration;
DROP INDEX customers_of_name;
ALTER TABLE customers DROP COLUMN name_key;
