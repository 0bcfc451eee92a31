ALTER TABLE agreement_requests DROP COLUMN language;
ALTER TABLE partnership_requests DROP COLUMN language;
ALTER TABLE enrolments DROP COLUMN language;
ALTER TABLE people DROP COLUMN language;
