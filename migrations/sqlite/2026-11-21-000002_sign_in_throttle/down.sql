DROP INDEX sign_ins_seen;
DROP TABLE known_browsers;
DROP TABLE sign_in_throttles;

CREATE TABLE sign_in_failures (
    subject TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_failed_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
