DROP TABLE customer_word_search;
DROP TABLE customer_words;
DROP INDEX locations_of_organisation;
CREATE INDEX locations_of_organisation ON locations (organisation_id, name);
ALTER TABLE locations DROP COLUMN sort_name;
DROP TABLE foldings;
