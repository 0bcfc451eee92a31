-- Fails where two providers have given the same number by now.
ALTER TABLE orders DROP CONSTRAINT orders_number_of_provider;
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);
CREATE TABLE order_numbers_of_all (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
);
INSERT INTO order_numbers_of_all (year, last) SELECT year, max(last) FROM order_numbers GROUP BY year;
DROP TABLE order_numbers;
ALTER TABLE order_numbers_of_all RENAME TO order_numbers;
ALTER INDEX order_numbers_of_all_pkey RENAME TO order_numbers_pkey;
