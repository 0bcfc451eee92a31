DROP INDEX orders_of_batch;
ALTER TABLE orders DROP COLUMN batch_id;
