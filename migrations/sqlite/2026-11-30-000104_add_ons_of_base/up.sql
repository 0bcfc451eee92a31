-- The subscription whose add-ons an order is to hold.
ALTER TABLE drafts ADD COLUMN base_id TEXT REFERENCES subscriptions (id);
CREATE INDEX drafts_of_base ON drafts (base_id) WHERE base_id IS NOT NULL;
