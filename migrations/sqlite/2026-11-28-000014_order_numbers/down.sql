-- Fails where two providers have given the same number by now.
CREATE TABLE order_numbers_of_all (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO order_numbers_of_all (year, last) SELECT year, max(last) FROM order_numbers GROUP BY year;
DROP TABLE order_numbers;
ALTER TABLE order_numbers_of_all RENAME TO order_numbers;
CREATE UNIQUE INDEX orders_by_number ON orders (number);
