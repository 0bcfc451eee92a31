-- Who has, or had, tenant owner permission for a subscription that is billed by usage.
CREATE TABLE tenant_owners (
    id TEXT NOT NULL PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    reseller_id TEXT NOT NULL REFERENCES organisations (id),
    given_at TIMESTAMP NOT NULL,
    given_by_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    -- Empty where the portal ended it by itself.
    ended_by_name TEXT NOT NULL,
    end_reason TEXT CONSTRAINT tenant_owners_end_reason_check CHECK (end_reason IN ('withdrawn', 'reseller_changed', 'relationship_ended', 'subscription_ended'))
);
CREATE INDEX tenant_owners_of_subscription ON tenant_owners (subscription_id);
CREATE UNIQUE INDEX tenant_owners_lasting ON tenant_owners (subscription_id) WHERE ended_at IS NULL;
CREATE INDEX tenant_owners_of_customer ON tenant_owners (customer_id, given_at);
CREATE INDEX tenant_owners_of_reseller ON tenant_owners (reseller_id);
