-- Texts of all languages are counted together again.
ALTER TABLE customer_agreements DROP CONSTRAINT customer_agreements_country_language_version_key;
UPDATE customer_agreements SET version = counted.version
    FROM (SELECT id, row_number() OVER (PARTITION BY country ORDER BY published_at, id) AS version
        FROM customer_agreements) AS counted
    WHERE customer_agreements.id = counted.id;
ALTER TABLE customer_agreements ADD UNIQUE (country, version);
ALTER TABLE customer_agreements DROP COLUMN language;
DROP TABLE customer_acceptances;
ALTER TABLE notifications DROP COLUMN known_to;
DROP TABLE validation_code_uses;
DROP TABLE validation_codes;
DROP TABLE qualification_reviews;
