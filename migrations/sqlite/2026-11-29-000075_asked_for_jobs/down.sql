DROP INDEX jobs_of_person;
DROP INDEX jobs_of_organisation;
ALTER TABLE jobs DROP COLUMN answer;
ALTER TABLE jobs DROP COLUMN asked_by;
ALTER TABLE jobs DROP COLUMN organisation_id;
