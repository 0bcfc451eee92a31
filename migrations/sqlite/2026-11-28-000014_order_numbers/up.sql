-- Orders are counted for each provider by itself: nobody waits for another provider's order, nor learns from a
-- number how many orders others place. Numbers that were given stay.
CREATE TABLE order_numbers_of_providers (
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (provider_id, year)
) WITHOUT ROWID;
INSERT INTO order_numbers_of_providers (provider_id, year, last)
    SELECT provider_id, CAST(substr(number, 4, 4) AS INTEGER), max(CAST(substr(number, 9) AS INTEGER))
    FROM orders WHERE number GLOB 'TT-[0-9][0-9][0-9][0-9]-[0-9]*'
    GROUP BY provider_id, substr(number, 4, 4);
DROP TABLE order_numbers;
ALTER TABLE order_numbers_of_providers RENAME TO order_numbers;

-- SQLite keeps a UNIQUE of a column as long as its table: orders are laid aside and put back. Subscriptions and
-- order lines refer to them, which is checked when all of this is done.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE orders_laid_aside AS SELECT * FROM orders;
DROP TABLE orders;
CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    draft_id TEXT UNIQUE REFERENCES drafts (id),
    placed_by_name TEXT NOT NULL,
    currency TEXT NOT NULL,
    monthly_minor BIGINT NOT NULL,
    annual_minor BIGINT NOT NULL,
    created_customer BOOLEAN NOT NULL,
    placed_at TIMESTAMP NOT NULL,
    UNIQUE (number, provider_id)
) WITHOUT ROWID;
INSERT INTO orders (id, number, provider_id, customer_id, draft_id, placed_by_name, currency, monthly_minor,
        annual_minor, created_customer, placed_at)
    SELECT id, number, provider_id, customer_id, draft_id, placed_by_name, currency, monthly_minor,
        annual_minor, created_customer, placed_at FROM orders_laid_aside;
DROP TABLE orders_laid_aside;
CREATE INDEX orders_of_provider ON orders (provider_id, placed_at, id);
CREATE INDEX orders_of_customer ON orders (customer_id, placed_at, id);
CREATE INDEX orders_in_order ON orders (placed_at, id);
