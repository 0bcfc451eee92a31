DROP TABLE mail_standing;
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
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    leased_until TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
) WITHOUT ROWID;
INSERT INTO letters_anew
    SELECT id, organisation_id, subject_kind, subject_id, to_email, reply_to, subject, body_text, body_html,
        CASE WHEN state = 'withdrawn' THEN 'failed' ELSE state END, attempts, due_at, leased_until, last_error,
        created_at, sent_at
    FROM letters;
DROP TABLE letters;
ALTER TABLE letters_anew RENAME TO letters;
CREATE INDEX letters_due ON letters (state, due_at);
CREATE INDEX letters_of_subject ON letters (subject_id, created_at);
CREATE INDEX letters_by_state ON letters (state, created_at, id);
