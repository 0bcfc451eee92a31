DELETE FROM sqlite_stat1 WHERE idx IN ('orders_of_provider', 'agreement_requests_of_provider');
ANALYZE sqlite_schema;
