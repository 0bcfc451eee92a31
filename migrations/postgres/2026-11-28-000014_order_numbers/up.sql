-- Orders are counted for each provider by itself: nobody waits for another provider's order, nor learns from a
-- number how many orders others place. Numbers that were given stay.
CREATE TABLE order_numbers_of_providers (
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (provider_id, year)
);
INSERT INTO order_numbers_of_providers (provider_id, year, last)
    SELECT provider_id, CAST(substr(number, 4, 4) AS INTEGER), max(CAST(substr(number, 9) AS INTEGER))
    FROM orders WHERE number ~ '^TT-[0-9]{4}-[0-9]+$'
    GROUP BY provider_id, substr(number, 4, 4);
DROP TABLE order_numbers;
ALTER TABLE order_numbers_of_providers RENAME TO order_numbers;
ALTER INDEX order_numbers_of_providers_pkey RENAME TO order_numbers_pkey;

ALTER TABLE orders DROP CONSTRAINT orders_number_key;
ALTER TABLE orders ADD CONSTRAINT orders_number_of_provider UNIQUE (number, provider_id);
