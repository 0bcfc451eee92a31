-- A temporary password does not hold for ever.
ALTER TABLE people ADD COLUMN password_set_at TIMESTAMP;
UPDATE people SET password_set_at = now() AT TIME ZONE 'UTC' WHERE must_change_password;
-- When somebody signed in for the first time; from then on a browser that is new to the account is told of.
ALTER TABLE people ADD COLUMN signed_in_at TIMESTAMP;
UPDATE people SET signed_in_at = now() AT TIME ZONE 'UTC' WHERE id IN (SELECT person_id FROM known_browsers);
ALTER TABLE organisations ADD COLUMN requires_second_factor BOOLEAN NOT NULL DEFAULT FALSE;

-- When the person proved last in this sign-in to be there, and whether it waits for the second factor's code.
ALTER TABLE sign_ins ADD COLUMN confirmed_at TIMESTAMP;
ALTER TABLE sign_ins ADD COLUMN awaits_code BOOLEAN NOT NULL DEFAULT FALSE;

-- The key of a person's authenticator app, sealed with the session key. No code counts a second time: last_step is
-- the 30 seconds of the last one.
CREATE TABLE second_factors (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    sealed_key TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    since TIMESTAMP NOT NULL
);

CREATE TABLE recovery_codes (
    code_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    used_at TIMESTAMP
);
CREATE INDEX recovery_codes_of_person ON recovery_codes (person_id);

-- Who forgot a password, as typed: whether there is such an account is looked up later, so that the page that takes
-- it does the same work for everybody.
CREATE TABLE forgotten_passwords (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
CREATE INDEX forgotten_passwords_asked ON forgotten_passwords (asked_at, id);

-- Addresses at which wrong passwords began to be slowed down, whether there is such an account or not; the log of an
-- account's organisation is written afterwards.
CREATE TABLE slowed_sign_ins (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    slowed_at TIMESTAMP NOT NULL
);
CREATE INDEX slowed_sign_ins_in_order ON slowed_sign_ins (slowed_at, id);
