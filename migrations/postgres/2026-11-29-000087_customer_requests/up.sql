-- Companies that a provider asks to become its customers, by a personal link, which is not kept: by itself, or a
-- reseller for it and for itself.
CREATE TABLE customer_requests (
    id TEXT NOT NULL PRIMARY KEY,
    -- Who gets the customer.
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    -- Who asks for the provider and for itself; none where the provider asks.
    reseller_id TEXT REFERENCES organisations (id),
    requested_by TEXT NOT NULL REFERENCES people (id),
    requested_by_name TEXT NOT NULL,
    requested_by_email TEXT NOT NULL,
    to_email TEXT NOT NULL,
    to_name TEXT NOT NULL,
    includes_administration BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CONSTRAINT customer_requests_state_check CHECK (state IN ('open', 'accepted', 'declined', 'revoked')),
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    reminded_at TIMESTAMP,
    expires_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    -- Who answered, or who revoked it.
    answered_by_name TEXT NOT NULL DEFAULT '',
    -- For which company somebody accepted.
    company_name TEXT NOT NULL DEFAULT '',
    customer_id TEXT REFERENCES customers (id),
    decline_reason TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL
);
CREATE INDEX customer_requests_of_provider ON customer_requests (provider_id, created_at, id, to_email);
CREATE INDEX customer_requests_of_provider_by_state ON customer_requests (provider_id, state, created_at, id, expires_at, to_email);
CREATE INDEX customer_requests_of_reseller ON customer_requests (reseller_id, created_at, id, to_email) WHERE reseller_id IS NOT NULL;
CREATE INDEX customer_requests_of_reseller_by_state ON customer_requests (reseller_id, state, created_at, id, expires_at, to_email) WHERE reseller_id IS NOT NULL;
CREATE INDEX customer_requests_of_person ON customer_requests (requested_by);
CREATE INDEX customer_requests_of_customer ON customer_requests (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX customer_requests_to ON customer_requests (to_email, state);

-- The code that was mailed to the address of a request, so that whoever has the link proves to read that mailbox.
CREATE TABLE customer_request_codes (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES customer_requests (id),
    code_hash TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    tries_left INTEGER NOT NULL
);
