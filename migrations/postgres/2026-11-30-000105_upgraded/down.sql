DROP INDEX subscriptions_upgraded;
ALTER TABLE subscriptions DROP COLUMN upgraded_from_id;
