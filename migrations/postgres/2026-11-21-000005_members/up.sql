ALTER TABLE people ADD COLUMN sort_name TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE people SET sort_name = lower(name);
ALTER TABLE people ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- Set as long as nobody has followed the invitation and chosen a password.
ALTER TABLE people ADD COLUMN invited_at TIMESTAMP;
ALTER TABLE people ADD COLUMN deactivated_at TIMESTAMP;
ALTER TABLE people ADD COLUMN purged_at TIMESTAMP;
DROP INDEX people_of_organisation;
CREATE INDEX people_of_organisation ON people (organisation_id, sort_name, id);
CREATE INDEX people_deactivated ON people (deactivated_at) WHERE purged_at IS NULL AND deactivated_at IS NOT NULL;

-- Mailed links by which a person sets a password: once, and not for long.
CREATE TABLE password_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset', 'forgotten')),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX password_links_of_person ON password_links (person_id);
