-- Whether only the person to whom a request was sent may accept it, and by which address somebody answered.
ALTER TABLE partnership_requests ADD COLUMN addressee_only BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE partnership_requests ADD COLUMN answered_by_email TEXT;
-- Finds what was sent to the people of an organisation.
CREATE INDEX partnership_requests_to ON partnership_requests (to_email, state);

-- Codes that were mailed to the address of a request: one for each organisation that wants to accept it.
CREATE TABLE addressee_codes (
    request_id TEXT NOT NULL REFERENCES partnership_requests (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    code_hash TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    tries_left INTEGER NOT NULL,
    PRIMARY KEY (request_id, organisation_id)
);
CREATE INDEX addressee_codes_of_organisation ON addressee_codes (organisation_id);

-- By what namesakes are found: the name without case, white space and the marks on Latin letters.
ALTER TABLE organisations ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE organisations SET name_key = replace(sort_name, ' ', '');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(name_key, 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c');
UPDATE organisations SET name_key = replace(replace(replace(name_key, 'ď', 'd'), 'đ', 'd'), 'ð', 'd');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e');
UPDATE organisations SET name_key = replace(replace(replace(replace(name_key, 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g');
UPDATE organisations SET name_key = replace(replace(name_key, 'ĥ', 'h'), 'ħ', 'h');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i');
UPDATE organisations SET name_key = replace(name_key, 'ĵ', 'j');
UPDATE organisations SET name_key = replace(name_key, 'ķ', 'k');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(name_key, 'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l');
UPDATE organisations SET name_key = replace(replace(replace(replace(name_key, 'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o');
UPDATE organisations SET name_key = replace(replace(replace(name_key, 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(name_key, 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's');
UPDATE organisations SET name_key = replace(replace(replace(replace(name_key, 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't');
UPDATE organisations SET name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key, 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u');
UPDATE organisations SET name_key = replace(name_key, 'ŵ', 'w');
UPDATE organisations SET name_key = replace(replace(replace(name_key, 'ý', 'y'), 'ÿ', 'y'), 'ŷ', 'y');
UPDATE organisations SET name_key = replace(replace(replace(name_key, 'ź', 'z'), 'ż', 'z'), 'ž', 'z');
UPDATE organisations SET name_key = replace(name_key, 'ß', 'ss');
UPDATE organisations SET name_key = replace(name_key, 'æ', 'ae');
UPDATE organisations SET name_key = replace(name_key, 'œ', 'oe');
CREATE INDEX organisations_by_name_key ON organisations (name_key);
