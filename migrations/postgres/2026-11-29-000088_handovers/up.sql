-- Who looks after many customers, changed one after another: from which reseller to which, none where there is none. What
-- else was chosen, with the letters and where the customers come from, is JSON.
CREATE TABLE handovers (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    former_id TEXT REFERENCES organisations (id),
    reseller_id TEXT REFERENCES organisations (id),
    -- The day for which it is planned with each customer; none where it is done at once.
    begins_on DATE,
    choices TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT handovers_state_check CHECK (state IN ('gathering', 'working', 'done', 'stopped')),
    -- Up to where the customers are copied.
    gathered TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    subscriptions BIGINT NOT NULL,
    begun_by TEXT NOT NULL,
    begun_by_name TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    settled_by_name TEXT NOT NULL,
    job_id TEXT NOT NULL
);
CREATE INDEX handovers_of_provider ON handovers (provider_id, begun_at, id);
CREATE INDEX handovers_of_former ON handovers (former_id) WHERE former_id IS NOT NULL;
CREATE INDEX handovers_of_reseller ON handovers (reseller_id) WHERE reseller_id IS NOT NULL;

-- The customers that it is about, in the order in which they have their turn, and what came of it.
CREATE TABLE handover_customers (
    handover_id TEXT NOT NULL REFERENCES handovers (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    position BIGINT NOT NULL,
    result TEXT NOT NULL CONSTRAINT handover_customers_result_check CHECK (result IN ('waiting', 'done', 'unchanged', 'refused')),
    why TEXT NOT NULL,
    settled_at TIMESTAMP,
    PRIMARY KEY (handover_id, customer_id)
);
CREATE INDEX handover_customers_in_order ON handover_customers (handover_id, position, customer_id);
CREATE INDEX handover_customers_by_result ON handover_customers (handover_id, result, position, customer_id);
CREATE INDEX handover_customers_of_customer ON handover_customers (customer_id);

-- All customers of a reseller, by their ids.
CREATE INDEX delegations_of_pair_by_customer ON delegations (provider_id, reseller_id, customer_id) WHERE ended_at IS NULL;
CREATE INDEX subscriptions_named_by_customer ON subscriptions (mpn_reseller_id, provider_id, customer_id) WHERE mpn_reseller_id IS NOT NULL;
CREATE INDEX subscriptions_supported_by_customer ON subscriptions (support_organisation_id, provider_id, customer_id);
