-- Whether what was written to an address came back, and what has arrived there since.
CREATE INDEX letters_to_address ON letters (to_email, organisation_id, state, due_at);
