-- Enrolments are listed by how long they have stood as they do, and held against what is there already.
ALTER TABLE enrolments ADD COLUMN state_since TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
ALTER TABLE enrolments ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
ALTER TABLE enrolments ADD COLUMN mpn_id TEXT NOT NULL DEFAULT '';
ALTER TABLE enrolments ADD COLUMN email_domain TEXT GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED;
-- Only rows of the step before this one are here: their MPN ID stays empty until they are saved again, and lower() is
-- as near to the portal's own order of names as the database comes.
UPDATE enrolments SET state_since = coalesce(decided_at, handed_in_at, started_at), sort_name = lower(company_name);
DROP INDEX enrolments_by_state;
CREATE INDEX enrolments_in_order ON enrolments (state, state_since, id);
CREATE INDEX enrolments_by_expiry ON enrolments (state, expires_at);
CREATE INDEX enrolments_by_company ON enrolments (sort_name, country);
CREATE INDEX enrolments_by_mpn_id ON enrolments (mpn_id);
CREATE INDEX enrolments_by_email_domain ON enrolments (email_domain);
CREATE INDEX enrolments_of_organisation ON enrolments (organisation_id);

ALTER TABLE people ADD COLUMN email_domain TEXT GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED;
CREATE INDEX people_by_email_domain ON people (email_domain, organisation_id);
