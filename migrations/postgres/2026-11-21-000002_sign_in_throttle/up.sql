-- Wrong passwords of the last hours are forgotten once: they were counted by other rules.
DROP TABLE sign_in_failures;

-- One row for whatever wrong passwords are counted by; the subject is a hash. No try is taken before closed_until,
-- and the row means nothing after forgotten_at.
CREATE TABLE sign_in_throttles (
    subject TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    closed_until TIMESTAMP NOT NULL,
    forgotten_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_throttles_forgotten ON sign_in_throttles (forgotten_at);

-- Browsers in which somebody has signed in, by the token of their cookie. Several people may share one.
CREATE TABLE known_browsers (
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (token_hash, person_id)
);
CREATE INDEX known_browsers_of_person ON known_browsers (person_id);
CREATE INDEX known_browsers_seen ON known_browsers (last_seen_at);

CREATE INDEX sign_ins_seen ON sign_ins (last_seen_at);
