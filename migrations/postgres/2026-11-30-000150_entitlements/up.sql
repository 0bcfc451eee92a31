-- What a subscription that is billed by usage is called in Azure. It stays when the subscription moves to another partner.
ALTER TABLE subscriptions ADD COLUMN entitlement_id TEXT;
UPDATE subscriptions SET entitlement_id = gen_random_uuid()::text WHERE unit = 'usage';
CREATE INDEX subscriptions_by_entitlement ON subscriptions (entitlement_id) WHERE entitlement_id IS NOT NULL;
