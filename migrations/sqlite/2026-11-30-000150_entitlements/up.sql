-- What a subscription that is billed by usage is called in Azure. It stays when the subscription moves to another partner.
ALTER TABLE subscriptions ADD COLUMN entitlement_id TEXT;
UPDATE subscriptions SET entitlement_id = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE unit = 'usage';
CREATE INDEX subscriptions_by_entitlement ON subscriptions (entitlement_id) WHERE entitlement_id IS NOT NULL;
