-- An order can be cancelled on the day it was placed: the last moment of that day, where whoever placed it was, is kept
-- with it. Orders from before have none.
ALTER TABLE orders ADD COLUMN state TEXT NOT NULL DEFAULT 'placed';
ALTER TABLE orders ADD COLUMN cancellable_until TIMESTAMP;
ALTER TABLE orders ADD COLUMN cancelled_at TIMESTAMP;
ALTER TABLE orders ADD COLUMN cancelled_by TEXT REFERENCES people (id);
ALTER TABLE orders ADD COLUMN cancelled_by_name TEXT;
CREATE INDEX orders_cancelled_by ON orders (cancelled_by) WHERE cancelled_by IS NOT NULL;
