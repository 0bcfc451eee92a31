-- A reseller of many customers reads their orders, latest first, until a page is full.
CREATE INDEX orders_in_order ON orders (placed_at, id);
