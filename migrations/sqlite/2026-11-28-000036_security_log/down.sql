DROP TABLE security_events;
CREATE TABLE slowed_sign_ins (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    slowed_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX slowed_sign_ins_in_order ON slowed_sign_ins (slowed_at, id);
DROP TABLE wrong_tries;
