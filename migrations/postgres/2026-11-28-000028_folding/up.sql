-- Names are sorted and found without case, accents and widths. No function of the database takes these off alike, so the
-- binary does it after these steps, table by table. Here stands by which version of the rules, and behind which row it
-- goes on: NULL when the table is done.
CREATE TABLE foldings (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    reached TEXT
);

ALTER TABLE locations ADD COLUMN sort_name TEXT COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX locations_of_organisation;
CREATE INDEX locations_of_organisation ON locations (organisation_id, sort_name, id);

-- Signs and pairs of signs in names that are words, divided by blanks: the index of trigrams finds none as short. Most
-- customers have none, and no row.
CREATE TABLE customer_words (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    parts TEXT NOT NULL
);
CREATE INDEX customer_words_search ON customer_words USING gin (string_to_array(parts, ' ')) WITH (fastupdate = off);
