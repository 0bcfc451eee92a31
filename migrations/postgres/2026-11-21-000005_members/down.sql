DROP TABLE password_links;
DROP INDEX people_deactivated;
DROP INDEX people_of_organisation;
ALTER TABLE people DROP COLUMN purged_at;
ALTER TABLE people DROP COLUMN deactivated_at;
ALTER TABLE people DROP COLUMN invited_at;
ALTER TABLE people DROP COLUMN version;
ALTER TABLE people DROP COLUMN sort_name;
CREATE INDEX people_of_organisation ON people (organisation_id, name);
