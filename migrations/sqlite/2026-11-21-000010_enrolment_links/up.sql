-- Links that were mailed and not used yet. The first one used replaces the enrolment's own and those mailed before it,
-- so that nobody who only asks for a letter takes away a link that somebody else holds.
CREATE TABLE enrolment_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    enrolment_id TEXT NOT NULL REFERENCES enrolments (id) ON DELETE CASCADE,
    -- What its letter was asked for with; it counts once the link proves the address.
    person_name TEXT NOT NULL,
    sealed_next TEXT,
    mailed_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX enrolment_links_of_enrolment ON enrolment_links (enrolment_id, expires_at);
CREATE INDEX enrolment_links_by_expiry ON enrolment_links (expires_at);
