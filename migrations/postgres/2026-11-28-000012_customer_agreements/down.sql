ALTER TABLE customers DROP COLUMN agreement_version;
ALTER TABLE customers DROP COLUMN agreement_by_customer;
DROP TABLE agreement_requests;
DROP TABLE customer_agreements;
