DROP INDEX customer_acceptances_of_agreement;
ALTER TABLE customer_acceptances DROP COLUMN agreement_id;
