DROP TABLE customer_purchases;
DROP TABLE reservations;
ALTER TABLE orders DROP COLUMN is_by_customer;
ALTER TABLE orders DROP COLUMN upfront_minor;
DROP TABLE reservation_prices;
DROP TABLE reservation_products;
