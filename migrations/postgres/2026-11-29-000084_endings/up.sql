-- The ends of providers' relationships with customers: planned, come, and taken back by reinstating. A customer has one
-- of each of the first two at most. The letter to the customer waits here until the day; an empty text means none.
CREATE TABLE endings (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    state TEXT NOT NULL CONSTRAINT endings_state_check CHECK (state IN ('planned', 'ended', 'reinstated', 'dropped', 'refused')),
    planned_on DATE,
    due_at TIMESTAMP,
    by_person TEXT NOT NULL REFERENCES people (id),
    by_name TEXT NOT NULL,
    by_email TEXT NOT NULL,
    letter_language TEXT NOT NULL,
    letter_subject TEXT NOT NULL,
    letter_text TEXT NOT NULL,
    installation TEXT NOT NULL,
    hindrance TEXT,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    state_since TIMESTAMP NOT NULL,
    closed_by_name TEXT,
    consent_name TEXT,
    consent_email TEXT,
    consent_on DATE,
    consent_by_name TEXT,
    version INTEGER NOT NULL
);
CREATE INDEX endings_of_customer ON endings (customer_id, created_at, id);
CREATE INDEX endings_of_person ON endings (by_person);
CREATE INDEX endings_in_order ON endings (provider_id, state, state_since, id);
CREATE INDEX endings_due ON endings (state, due_at);
CREATE UNIQUE INDEX endings_planned ON endings (customer_id) WHERE state = 'planned';
CREATE UNIQUE INDEX endings_come ON endings (customer_id) WHERE state = 'ended';
-- The delegations that an end has ended, to come back with it.
CREATE TABLE ended_delegations (
    ending_id TEXT NOT NULL REFERENCES endings (id),
    delegation_id TEXT NOT NULL REFERENCES delegations (id),
    PRIMARY KEY (ending_id, delegation_id)
);
CREATE INDEX ended_delegations_of_delegation ON ended_delegations (delegation_id);
-- Who ended it, for every page of the customer; empty as long as the relationship lasts.
ALTER TABLE customers ADD COLUMN ended_by_name TEXT NOT NULL DEFAULT '';
