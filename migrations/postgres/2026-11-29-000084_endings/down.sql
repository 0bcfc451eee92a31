ALTER TABLE customers DROP COLUMN ended_by_name;
DROP TABLE ended_delegations;
DROP TABLE endings;
