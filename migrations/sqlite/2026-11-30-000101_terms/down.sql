DROP INDEX subscriptions_of_provider_lapsing;
DROP INDEX subscriptions_of_provider_by_term;
DROP INDEX subscriptions_lapsing;
DROP INDEX subscriptions_by_deletion;
DROP INDEX subscriptions_by_term;
ALTER TABLE subscriptions DROP COLUMN end_reason;
ALTER TABLE subscriptions DROP COLUMN ended_on;
ALTER TABLE subscriptions DROP COLUMN auto_renews;
ALTER TABLE subscriptions DROP COLUMN term_months;
