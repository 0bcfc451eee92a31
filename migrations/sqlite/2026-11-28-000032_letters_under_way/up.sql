-- A letter that was taken back before it left did not fail: it has a state of its own. SQLite cannot change a CHECK, so
-- the table is made anew. A lease names its holder, the kind of trouble is kept beside the server's words, and so is how
-- often a letter was handed over whole without being confirmed, and whether a person wrote it.
CREATE TABLE letters_anew (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    to_email TEXT NOT NULL,
    reply_to TEXT,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'withdrawn')),
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    leased_until TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    by_hand BOOLEAN NOT NULL DEFAULT FALSE,
    lease TEXT,
    trouble TEXT,
    unconfirmed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
INSERT INTO letters_anew
    (id, organisation_id, subject_kind, subject_id, to_email, reply_to, subject, body_text, body_html, state, attempts,
     due_at, last_error, created_at, sent_at, by_hand)
    SELECT id, organisation_id, subject_kind, subject_id, to_email, reply_to, subject, body_text, body_html,
        CASE WHEN state = 'failed' AND body_text = '' THEN 'withdrawn' ELSE state END, attempts,
        due_at, CASE WHEN state = 'failed' AND body_text = '' THEN NULL ELSE last_error END, created_at, sent_at,
        subject_kind IN ('partnership_request', 'agreement_request')
    FROM letters;
DROP TABLE letters;
ALTER TABLE letters_anew RENAME TO letters;
CREATE INDEX letters_due ON letters (state, due_at);
CREATE INDEX letters_of_subject ON letters (subject_id, created_at);
CREATE INDEX letters_by_state ON letters (state, created_at, id);
CREATE INDEX letters_held ON letters (leased_until) WHERE leased_until IS NOT NULL;
-- What keeps every letter back: one row while something does.
CREATE TABLE mail_standing (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    trouble TEXT NOT NULL,
    said TEXT,
    since TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    tries INTEGER NOT NULL,
    held_until TIMESTAMP
);
