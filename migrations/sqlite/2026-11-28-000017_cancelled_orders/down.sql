DROP INDEX orders_cancelled_by;
ALTER TABLE orders DROP COLUMN cancelled_by_name;
ALTER TABLE orders DROP COLUMN cancelled_by;
ALTER TABLE orders DROP COLUMN cancelled_at;
ALTER TABLE orders DROP COLUMN cancellable_until;
ALTER TABLE orders DROP COLUMN state;
