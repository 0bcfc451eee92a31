-- What an organisation is told of what others did, one row an event. The housekeeper lines it up by giving it a
-- position: whatever commits later gets a later one, so that nobody's reading passes over it.
CREATE TABLE notifications (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    position BIGINT,
    kind TEXT NOT NULL,
    -- What it was about, by the names it had then.
    customer_id TEXT,
    customer_name TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_organisation TEXT NOT NULL,
    occurred_at TIMESTAMP NOT NULL
);
CREATE INDEX notifications_of_organisation ON notifications (organisation_id, position, kind);
CREATE INDEX notifications_not_lined_up ON notifications (id) WHERE position IS NULL;
CREATE UNIQUE INDEX notifications_by_position ON notifications (position);
CREATE INDEX notifications_by_age ON notifications (occurred_at);

-- What waits to be told to a person: everything of the organisation from a position on, at the earliest at that time.
CREATE TABLE digests (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    from_position BIGINT,
    due_at TIMESTAMP,
    sent_at TIMESTAMP,
    CHECK ((from_position IS NULL) = (due_at IS NULL))
);
CREATE INDEX digests_due ON digests (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX digests_waiting ON digests (from_position) WHERE from_position IS NOT NULL;

-- What a person does not want to be told.
CREATE TABLE muted_notifications (
    person_id TEXT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
);
