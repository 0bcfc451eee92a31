-- A customer that is added a second time is found by its name without blanks and punctuation, by its registration ID
-- and by its contact.
ALTER TABLE customers ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE customers SET name_key =
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(sort_name, ' ', ''), '.', ''), ',', ''), '-', ''), '–', ''), '—', ''), '''', ''), '’', ''), '&', ''), '/', ''), '(', ''), ')', ''), '"', ''), '+', ''), ':', ''), ';', ''), '!', ''), '*', ''), '_', ''), '|', ''), '@', ''), '#', '');
CREATE INDEX customers_of_name ON customers (provider_id, name_key, country, created_at, id);
CREATE INDEX customers_of_registration ON customers (provider_id, registration_id, country, created_at, id);
CREATE INDEX customers_of_email ON customers (provider_id, email, created_at, id);

-- Two drafts with one primary domain name are found while they are made. What somebody has seen to be alike, and goes on
-- with all the same, is not pointed out to them again.
ALTER TABLE drafts ADD COLUMN domain TEXT;
ALTER TABLE drafts ADD COLUMN known_alike TEXT NOT NULL DEFAULT '';
UPDATE drafts SET domain = lower(trim(json_extract(account, '$.domain')))
    WHERE state = 'open' AND customer_id IS NULL AND json_valid(account);
UPDATE drafts SET domain = NULL
    WHERE domain IS NOT NULL AND (domain GLOB '*[^a-z0-9]*' OR length(domain) NOT BETWEEN 1 AND 27);
CREATE INDEX drafts_of_domain ON drafts (provider_id, domain) WHERE domain IS NOT NULL;
