-- Texts of all languages are counted together again.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE customer_agreements_laid_aside AS
    SELECT id, country, row_number() OVER (PARTITION BY country ORDER BY published_at, id) AS version, body,
        published_by_name, published_at FROM customer_agreements;
DROP TABLE customer_agreements;
CREATE TABLE customer_agreements (
    id TEXT NOT NULL PRIMARY KEY,
    country TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    published_by_name TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    UNIQUE (country, version)
) WITHOUT ROWID;
INSERT INTO customer_agreements (id, country, version, body, published_by_name, published_at)
    SELECT id, country, version, body, published_by_name, published_at FROM customer_agreements_laid_aside;
DROP TABLE customer_agreements_laid_aside;
DROP TABLE customer_acceptances;
ALTER TABLE notifications DROP COLUMN known_to;
DROP TABLE validation_code_uses;
DROP TABLE validation_codes;
DROP TABLE qualification_reviews;
