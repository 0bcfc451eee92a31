-- Links by which people prove to read a mailbox: that of their account, or another one that takes its place. Where it
-- does, a second link went to the old mailbox, by which its owner objects.
CREATE TABLE address_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    old_email TEXT NOT NULL,
    new_email TEXT NOT NULL,
    objection_hash TEXT,
    asked_at TIMESTAMP NOT NULL,
    done_at TIMESTAMP
) WITHOUT ROWID;
CREATE INDEX address_links_of_person ON address_links (person_id);
CREATE UNIQUE INDEX address_links_by_objection ON address_links (objection_hash);
CREATE INDEX address_links_in_order ON address_links (asked_at);
