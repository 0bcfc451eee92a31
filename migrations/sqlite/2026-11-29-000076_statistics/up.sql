-- One provider has all orders and all requests: unwarned, SQLite would read them all where a few are asked for by
-- their ids.
ANALYZE sqlite_schema;
DELETE FROM sqlite_stat1 WHERE idx IN ('orders_of_provider', 'agreement_requests_of_provider');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('orders', 'orders_of_provider', '1000000 10000 1 1'),
    ('agreement_requests', 'agreement_requests_of_provider', '1000000 10000 1 1');
ANALYZE sqlite_schema;
