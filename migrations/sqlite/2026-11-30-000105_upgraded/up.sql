-- The subscription that this one was bought in place of.
ALTER TABLE subscriptions ADD COLUMN upgraded_from_id TEXT REFERENCES subscriptions (id);
CREATE INDEX subscriptions_upgraded ON subscriptions (upgraded_from_id) WHERE upgraded_from_id IS NOT NULL;
