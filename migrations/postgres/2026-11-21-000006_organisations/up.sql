-- What an organisation says of itself. Kind and country never change.
ALTER TABLE organisations ADD COLUMN sort_name TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE organisations SET sort_name = lower(name);
ALTER TABLE organisations ADD COLUMN address_line1 TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN address_line2 TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN address_state TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN postal_code TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN contact_first_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN contact_last_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN contact_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE organisations ADD COLUMN suspension_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX organisations_in_order ON organisations (sort_name, id);
CREATE INDEX organisations_by_state ON organisations (state, kind, sort_name, id);

ALTER TABLE locations ADD COLUMN address_line1 TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN address_line2 TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN address_state TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN postal_code TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN contact_name TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN contact_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- The partner agreement, which the operator writes. The highest version of an audience holds; none may be there.
CREATE TABLE partner_agreements (
    id TEXT NOT NULL PRIMARY KEY,
    audience TEXT NOT NULL CHECK (audience IN ('provider', 'reseller')),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    published_by_name TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    UNIQUE (audience, version)
);

-- Who accepted which version for an organisation. Rows are never changed.
CREATE TABLE agreement_acceptances (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    agreement_id TEXT NOT NULL REFERENCES partner_agreements (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    person_name TEXT NOT NULL,
    accepted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, agreement_id)
);

-- Companies on their way to become organisations. The form is kept as it was typed until it is handed in.
CREATE TABLE enrolments (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('provider', 'reseller')),
    state TEXT NOT NULL CHECK (state IN ('started', 'proven', 'waiting', 'approved', 'refused')),
    person_name TEXT NOT NULL,
    email TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    expires_at TIMESTAMP NOT NULL,
    form TEXT NOT NULL,
    company_name TEXT NOT NULL,
    country TEXT NOT NULL,
    password_hash TEXT,
    -- The partnership link that led here, sealed with the session key.
    sealed_next TEXT,
    refusal_reason TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    handed_in_at TIMESTAMP,
    decided_at TIMESTAMP,
    decided_by_name TEXT,
    organisation_id TEXT REFERENCES organisations (id),
    version INTEGER NOT NULL
);
CREATE INDEX enrolments_by_state ON enrolments (state, handed_in_at, id);
CREATE INDEX enrolments_of_email ON enrolments (email, started_at);
