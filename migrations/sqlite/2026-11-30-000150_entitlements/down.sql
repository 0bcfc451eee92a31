DROP INDEX subscriptions_by_entitlement;
ALTER TABLE subscriptions DROP COLUMN entitlement_id;
