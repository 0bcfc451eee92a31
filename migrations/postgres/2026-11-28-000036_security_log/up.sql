-- Wrong passwords and codes on their way into the security log. Nobody where there is no such account: the page that
-- was typed into does the same work for everybody, and what was typed is kept nowhere.
CREATE TABLE wrong_tries (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT REFERENCES people (id),
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    tried_at TIMESTAMP NOT NULL
);
CREATE INDEX wrong_tries_in_order ON wrong_tries (tried_at, id);
DROP TABLE slowed_sign_ins;

-- Sign-ins, wrong tries, refused pages and exports: what is the same within an hour is one row, however often it was.
CREATE TABLE security_events (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    address TEXT NOT NULL,
    hour TIMESTAMP NOT NULL,
    times INTEGER NOT NULL,
    first_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX security_events_folded ON security_events (person_id, kind, hour, detail, address);
CREATE INDEX security_events_of_organisation ON security_events (organisation_id, first_at, id);
CREATE INDEX security_events_in_order ON security_events (first_at, id);
