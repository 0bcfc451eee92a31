-- Customers that say they are schools, and what came of it: one case waits at a time, and all stay readable.
CREATE TABLE qualification_reviews (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    -- The domain of the website by which the institution is known.
    website TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT qualification_reviews_state_check CHECK (state IN ('in_review', 'approved', 'denied', 'withdrawn')),
    state_since TIMESTAMP NOT NULL,
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_by_name TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    decided_by_name TEXT,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX qualification_reviews_in_order ON qualification_reviews (state, state_since, id);
CREATE INDEX qualification_reviews_of_customer ON qualification_reviews (customer_id, asked_at, id);
CREATE INDEX qualification_reviews_of_provider ON qualification_reviews (provider_id);
CREATE INDEX qualification_reviews_of_person ON qualification_reviews (asked_by);
CREATE INDEX qualification_reviews_of_website ON qualification_reviews (website);
CREATE UNIQUE INDEX qualification_reviews_open_of_customer ON qualification_reviews (customer_id) WHERE state = 'in_review';

-- What lets a provider's customers into the Government Community Cloud: so many with each code. Codes that customers
-- have from before stand in none of these rows, and stay good for them.
CREATE TABLE validation_codes (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    code TEXT NOT NULL,
    maximum INTEGER NOT NULL,
    used INTEGER NOT NULL,
    issued_by_name TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    closed_by_name TEXT,
    UNIQUE (provider_id, code)
);
CREATE INDEX validation_codes_in_order ON validation_codes (provider_id, issued_at, id);

-- Each customer counts once, however often it comes back.
CREATE TABLE validation_code_uses (
    code_id TEXT NOT NULL REFERENCES validation_codes (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    used_at TIMESTAMP NOT NULL,
    PRIMARY KEY (code_id, customer_id)
);
CREATE INDEX validation_code_uses_of_customer ON validation_code_uses (customer_id);

-- Who has a letter of its own about what is told, and is told nothing else.
ALTER TABLE notifications ADD COLUMN known_to TEXT;

-- Who accepted the customer agreement when, as often as that was recorded: by somebody of the provider, or by the
-- customer itself, by its link. What is there begins the history.
CREATE TABLE customer_acceptances (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    accepted_on DATE NOT NULL,
    -- None where the customer did it itself.
    attested_by TEXT,
    version INTEGER,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX customer_acceptances_of_customer ON customer_acceptances (customer_id, recorded_at, id);
INSERT INTO customer_acceptances (id, customer_id, first_name, last_name, email, phone, accepted_on, attested_by,
        version, recorded_at)
    SELECT id, id, agreement_first_name, agreement_last_name, agreement_email, agreement_phone, agreement_on,
        agreement_attested_by, agreement_version,
        COALESCE((SELECT max(occurred_at) FROM activity_records
            WHERE activity_records.customer_id = customers.id AND result = 'succeeded'
            AND action IN ('attest_customer_agreement', 'accept_customer_agreement')), created_at)
    FROM customers WHERE agreement = 'accepted' AND agreement_on IS NOT NULL;

-- The text of an agreement in several languages, each counted by itself. What is there is in English.
ALTER TABLE customer_agreements ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE customer_agreements ALTER COLUMN language DROP DEFAULT;
ALTER TABLE customer_agreements DROP CONSTRAINT customer_agreements_country_version_key;
ALTER TABLE customer_agreements ADD UNIQUE (country, language, version);
