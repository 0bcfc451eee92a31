ALTER TABLE customers DROP COLUMN agreement_version;
DROP TABLE agreement_requests;
DROP TABLE customer_agreements;
