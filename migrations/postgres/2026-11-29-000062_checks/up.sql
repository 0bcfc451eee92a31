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
