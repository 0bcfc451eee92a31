DROP TABLE user_picks;
DROP TABLE licenses;
ALTER TABLE offers DROP COLUMN service_plans;
