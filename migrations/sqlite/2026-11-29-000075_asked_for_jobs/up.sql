-- Who asked for a job that takes longer than a page, and what came of it, as JSON. What the portal does by itself has
-- neither.
ALTER TABLE jobs ADD COLUMN organisation_id TEXT REFERENCES organisations (id);
ALTER TABLE jobs ADD COLUMN asked_by TEXT REFERENCES people (id);
ALTER TABLE jobs ADD COLUMN answer TEXT;
CREATE INDEX jobs_of_organisation ON jobs (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX jobs_of_person ON jobs (asked_by) WHERE asked_by IS NOT NULL;
