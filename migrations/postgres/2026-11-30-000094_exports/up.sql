-- Lists that somebody wants as a file, and that are too long to be sent at once. Which list is its address, taken apart:
-- the route by which the portal knows it, and path and query with what it is narrowed to.
CREATE TABLE exports (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    person_name TEXT NOT NULL,
    route TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    -- What the list is narrowed to, for people: pairs of names and values, as JSON.
    filter TEXT NOT NULL,
    format TEXT NOT NULL CONSTRAINT exports_format_check CHECK (format IN ('csv', 'xlsx')),
    -- In which the file says what it is about.
    language TEXT NOT NULL,
    -- What the file is called, without its ending.
    name TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT exports_state_check CHECK (state IN ('waiting', 'ready', 'refused', 'failed', 'expired')),
    row_count BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    downloads BIGINT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    expires_at TIMESTAMP,
    job_id TEXT NOT NULL
);
CREATE INDEX exports_of_organisation ON exports (organisation_id, asked_at, id);
CREATE INDEX exports_of_person ON exports (person_id, asked_at, id);
CREATE INDEX exports_by_state ON exports (state, expires_at);
CREATE INDEX exports_by_age ON exports (asked_at);

-- The file, piece by piece in its order, each in base64.
CREATE TABLE export_pieces (
    export_id TEXT NOT NULL REFERENCES exports (id),
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (export_id, number)
);
