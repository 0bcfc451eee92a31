-- Names are sorted and found without case, accents and widths. No function of the database takes these off alike, so the
-- binary does it after these steps, table by table. Here stands by which version of the rules, and behind which row it
-- goes on: NULL when the table is done.
CREATE TABLE foldings (
    name TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    reached TEXT
) WITHOUT ROWID;

ALTER TABLE locations ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
DROP INDEX locations_of_organisation;
CREATE INDEX locations_of_organisation ON locations (organisation_id, sort_name, id);

-- Signs and pairs of signs in names that are words, divided by blanks: the index of trigrams finds none as short. Most
-- customers have none, and no row.
CREATE TABLE customer_words (
    row INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL UNIQUE REFERENCES customers (id),
    parts TEXT NOT NULL
);
CREATE VIRTUAL TABLE customer_word_search USING fts5 (parts, content = 'customer_words', content_rowid = 'row', tokenize = 'ascii', detail = 'none', columnsize = 0);
CREATE TRIGGER customer_words_added AFTER INSERT ON customer_words BEGIN
    INSERT INTO customer_word_search (rowid, parts) VALUES (new.row, new.parts);
END;
CREATE TRIGGER customer_words_changed AFTER UPDATE OF parts ON customer_words BEGIN
    INSERT INTO customer_word_search (customer_word_search, rowid, parts) VALUES ('delete', old.row, old.parts);
    INSERT INTO customer_word_search (rowid, parts) VALUES (new.row, new.parts);
END;
CREATE TRIGGER customer_words_gone AFTER DELETE ON customer_words BEGIN
    INSERT INTO customer_word_search (customer_word_search, rowid, parts) VALUES ('delete', old.row, old.parts);
END;
