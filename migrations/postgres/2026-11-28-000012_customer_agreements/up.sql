-- The customer agreement, which the operator writes: for all countries (an empty country) and, where needed, another
-- text for one. The highest version of a country holds; none may be there.
CREATE TABLE customer_agreements (
    id TEXT NOT NULL PRIMARY KEY,
    country TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    published_by_name TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    UNIQUE (country, version)
);

-- Customers that were asked to accept it by a personal link, which is not kept. Who is a draft yet is asked through
-- the draft; its requests go over to the customer that it becomes.
CREATE TABLE agreement_requests (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    draft_id TEXT REFERENCES drafts (id),
    customer_id TEXT REFERENCES customers (id),
    -- The text that the request was made for, then the one that was accepted; none where none was published.
    agreement_id TEXT REFERENCES customer_agreements (id),
    requested_by TEXT NOT NULL REFERENCES people (id),
    requested_by_name TEXT NOT NULL,
    requested_by_email TEXT NOT NULL,
    company_name TEXT NOT NULL,
    country TEXT NOT NULL,
    to_first_name TEXT NOT NULL,
    to_last_name TEXT NOT NULL,
    to_email TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    expires_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    answered_first_name TEXT NOT NULL DEFAULT '',
    answered_last_name TEXT NOT NULL DEFAULT '',
    decline_reason TEXT NOT NULL DEFAULT '',
    revoked_by_name TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL
);
CREATE INDEX agreement_requests_of_provider ON agreement_requests (provider_id, created_at, id);
CREATE INDEX agreement_requests_of_draft ON agreement_requests (draft_id, created_at, id);
CREATE INDEX agreement_requests_of_customer ON agreement_requests (customer_id, created_at, id);
CREATE INDEX agreement_requests_of_agreement ON agreement_requests (agreement_id, state);
CREATE INDEX agreement_requests_of_person ON agreement_requests (requested_by);
-- One open request at a time.
CREATE UNIQUE INDEX agreement_requests_open_of_draft ON agreement_requests (draft_id) WHERE state = 'open';
CREATE UNIQUE INDEX agreement_requests_open_of_customer ON agreement_requests (customer_id) WHERE state = 'open';

-- Which version the customer accepted by itself; what somebody of the provider attested has none.
ALTER TABLE customers ADD COLUMN agreement_version INTEGER;
