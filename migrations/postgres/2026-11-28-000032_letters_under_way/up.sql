-- A letter that was taken back before it left did not fail: it has a state of its own. A lease names its holder, the kind
-- of trouble is kept beside the server's words, and so is how often a letter was handed over whole without being
-- confirmed, and whether a person wrote it.
ALTER TABLE letters DROP CONSTRAINT letters_state_check;
ALTER TABLE letters ADD CONSTRAINT letters_state_check CHECK (state IN ('waiting', 'sent', 'failed', 'withdrawn'));
ALTER TABLE letters ADD COLUMN by_hand BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE letters ADD COLUMN lease TEXT;
ALTER TABLE letters ADD COLUMN trouble TEXT;
ALTER TABLE letters ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0;
UPDATE letters SET state = 'withdrawn', last_error = NULL WHERE state = 'failed' AND body_text = '';
UPDATE letters SET by_hand = TRUE WHERE subject_kind IN ('partnership_request', 'agreement_request');
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
