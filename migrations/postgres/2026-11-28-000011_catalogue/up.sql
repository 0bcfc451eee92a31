-- Offers are the operator's: each has an ID of its own that files and other offers refer to, and a history.
ALTER TABLE offers ADD COLUMN code TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE offers ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE offers ADD COLUMN created_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
ALTER TABLE offers ADD COLUMN changed_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
ALTER TABLE offers ADD COLUMN changed_by_name TEXT NOT NULL DEFAULT '';
UPDATE offers SET code = id, created_at = CURRENT_TIMESTAMP AT TIME ZONE 'UTC', changed_at = CURRENT_TIMESTAMP AT TIME ZONE 'UTC';
CREATE UNIQUE INDEX offers_by_code ON offers (code);
CREATE INDEX offers_by_category ON offers (category, sort_name, id);
CREATE INDEX offers_of_conversion ON offers (converts_to) WHERE converts_to IS NOT NULL;
CREATE INDEX offer_prices_by_currency ON offer_prices (currency, offer_id);
CREATE INDEX offer_prerequisites_of_base ON offer_prerequisites (base_id, add_on_id);

-- A file between its upload and its use: the preview shows what is kept here, not what a browser sends.
CREATE TABLE catalogue_uploads (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    file_name TEXT NOT NULL,
    body TEXT NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    applied_at TIMESTAMP,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    refused INTEGER NOT NULL
);
CREATE INDEX catalogue_uploads_of_organisation ON catalogue_uploads (organisation_id, uploaded_at, id);
CREATE INDEX catalogue_uploads_of_person ON catalogue_uploads (person_id);
CREATE INDEX catalogue_uploads_by_expiry ON catalogue_uploads (expires_at);
