DROP TABLE delegation_plans;
DROP INDEX delegations_ending_of_provider;
DROP INDEX delegations_ending;
ALTER TABLE delegations DROP COLUMN reminded_days;
ALTER TABLE delegations DROP COLUMN ends_on;
ALTER TABLE delegations DROP COLUMN ended_by_name;
ALTER TABLE delegations DROP COLUMN given_by_name;
