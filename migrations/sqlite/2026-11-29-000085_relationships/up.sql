-- By whom a delegation was given and ended, its last day if it has one, and before how many days its end was announced
-- last. What was given before this step does not say by whom.
ALTER TABLE delegations ADD COLUMN given_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE delegations ADD COLUMN ended_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE delegations ADD COLUMN ends_on DATE;
ALTER TABLE delegations ADD COLUMN reminded_days INTEGER;
CREATE INDEX delegations_ending ON delegations (ends_on, id) WHERE ended_at IS NULL AND ends_on IS NOT NULL;
CREATE INDEX delegations_ending_of_provider ON delegations (provider_id, ends_on, id) WHERE ended_at IS NULL AND ends_on IS NOT NULL;

-- What somebody decided to change on a later day: about which delegation and which reseller, none where there is none.
-- What else was chosen, with the letters, is JSON.
CREATE TABLE delegation_plans (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    delegation_id TEXT REFERENCES delegations (id),
    reseller_id TEXT REFERENCES organisations (id),
    begins_on DATE NOT NULL,
    choices TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT delegation_plans_state_check CHECK (state IN ('open', 'done', 'dropped', 'failed')),
    -- Why it could not be carried out.
    obstacle TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    settled_by_name TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX delegation_plans_open ON delegation_plans (customer_id) WHERE state = 'open';
CREATE INDEX delegation_plans_due ON delegation_plans (begins_on, id) WHERE state = 'open';
CREATE INDEX delegation_plans_of_customer ON delegation_plans (customer_id, created_at, id);
CREATE INDEX delegation_plans_of_provider ON delegation_plans (provider_id);
CREATE INDEX delegation_plans_of_delegation ON delegation_plans (delegation_id) WHERE delegation_id IS NOT NULL;
CREATE INDEX delegation_plans_of_reseller ON delegation_plans (reseller_id) WHERE reseller_id IS NOT NULL;
