-- Of what a customer had already when it was added by a file: nothing was ordered, it is only kept like an order.
ALTER TABLE orders ADD COLUMN batch_id TEXT REFERENCES batches (id);
CREATE INDEX orders_of_batch ON orders (batch_id) WHERE batch_id IS NOT NULL;
