-- SQLite drops and adds a CHECK by its name, without making the table anew. Those of before have none: they get the name
-- that PostgreSQL gave them, so that a word more is the same step in both databases.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (agreement IN (', ' CONSTRAINT ' || name || '_agreement_check CHECK (agreement IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (audience IN (', ' CONSTRAINT ' || name || '_audience_check CHECK (audience IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (billing IN (', ' CONSTRAINT ' || name || '_billing_check CHECK (billing IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (category IN (', ' CONSTRAINT ' || name || '_category_check CHECK (category IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (', ' CONSTRAINT ' || name || '_kind_check CHECK (kind IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (limit_scope IN (', ' CONSTRAINT ' || name || '_limit_scope_check CHECK (limit_scope IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (purpose IN (', ' CONSTRAINT ' || name || '_purpose_check CHECK (purpose IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (qualification IN (', ' CONSTRAINT ' || name || '_qualification_check CHECK (qualification IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (result IN (', ' CONSTRAINT ' || name || '_result_check CHECK (result IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (role IN (', ' CONSTRAINT ' || name || '_role_check CHECK (role IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (state IN (', ' CONSTRAINT ' || name || '_state_check CHECK (state IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (status IN (', ' CONSTRAINT ' || name || '_status_check CHECK (status IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (unit IN (', ' CONSTRAINT ' || name || '_unit_check CHECK (unit IN (') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (id = 1)', ' CONSTRAINT ' || name || '_id_check CHECK (id = 1)') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK ((from_position', ' CONSTRAINT digests_check CHECK ((from_position') WHERE name = 'digests';
PRAGMA writable_schema = RESET;

-- What is ordered is counted from one on, and nothing costs less than nothing: the bounds that forms and files keep to.
ALTER TABLE offers ADD CONSTRAINT offers_minimum_check CHECK (minimum >= 1);
ALTER TABLE offers ADD CONSTRAINT offers_maximum_check CHECK (maximum BETWEEN minimum AND 9999999999);
ALTER TABLE offer_prices ADD CONSTRAINT offer_prices_monthly_minor_check CHECK (monthly_minor BETWEEN 0 AND 99999999999);
ALTER TABLE offer_prices ADD CONSTRAINT offer_prices_annual_minor_check CHECK (annual_minor BETWEEN 0 AND 99999999999);
ALTER TABLE draft_lines ADD CONSTRAINT draft_lines_quantity_check CHECK (quantity BETWEEN 1 AND 9999999999);
ALTER TABLE orders ADD CONSTRAINT orders_monthly_minor_check CHECK (monthly_minor >= 0);
ALTER TABLE orders ADD CONSTRAINT orders_annual_minor_check CHECK (annual_minor >= 0);
ALTER TABLE order_lines ADD CONSTRAINT order_lines_quantity_check CHECK (quantity BETWEEN 1 AND 9999999999);
ALTER TABLE order_lines ADD CONSTRAINT order_lines_unit_price_minor_check CHECK (unit_price_minor BETWEEN 0 AND 99999999999);
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_quantity_check CHECK (quantity BETWEEN 1 AND 9999999999);
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_unit_price_minor_check CHECK (unit_price_minor BETWEEN 0 AND 99999999999);
