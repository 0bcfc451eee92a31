-- What the operator offers as reservations: capacity in a region, paid for in advance for one year or three.
CREATE TABLE reservation_products (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    -- Of name and region, which together tell a product from all others. (Not unique in the index: other rules of folding
    -- may make two of them alike.)
    sort_name TEXT NOT NULL,
    is_available BOOLEAN NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by_name TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX reservation_products_by_name ON reservation_products (sort_name, id);
-- What one costs for the whole term.
CREATE TABLE reservation_prices (
    product_id TEXT NOT NULL REFERENCES reservation_products (id),
    term_years INTEGER NOT NULL CONSTRAINT reservation_prices_term_years_check CHECK (term_years = 1 OR term_years = 3),
    currency TEXT NOT NULL,
    total_minor BIGINT NOT NULL CONSTRAINT reservation_prices_total_minor_check CHECK (total_minor BETWEEN 1 AND 99999999999),
    PRIMARY KEY (product_id, term_years, currency)
);
-- What an order is paid for once, and whether the customer placed it itself.
ALTER TABLE orders ADD COLUMN upfront_minor BIGINT NOT NULL DEFAULT 0 CONSTRAINT orders_upfront_minor_check CHECK (upfront_minor >= 0);
ALTER TABLE orders ADD COLUMN is_by_customer BOOLEAN NOT NULL DEFAULT FALSE;
-- A reservation that a customer has or had. Who earns for it stays as it was when it was bought.
CREATE TABLE reservations (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    -- What it was bought under, and the only one that it is for where its scope is single.
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    scope TEXT NOT NULL CONSTRAINT reservations_scope_check CHECK (scope IN ('shared', 'single')),
    product_id TEXT NOT NULL REFERENCES reservation_products (id),
    product_name TEXT NOT NULL,
    region TEXT NOT NULL,
    term_years INTEGER NOT NULL CONSTRAINT reservations_term_years_check CHECK (term_years = 1 OR term_years = 3),
    quantity BIGINT NOT NULL CONSTRAINT reservations_quantity_check CHECK (quantity BETWEEN 1 AND 10000),
    payment TEXT NOT NULL CONSTRAINT reservations_payment_check CHECK (payment IN ('upfront', 'monthly')),
    currency TEXT NOT NULL,
    total_minor BIGINT NOT NULL CONSTRAINT reservations_total_minor_check CHECK (total_minor BETWEEN 1 AND 999999999990000),
    mpn_id TEXT NOT NULL,
    reseller_id TEXT REFERENCES organisations (id),
    bought_by_id TEXT NOT NULL REFERENCES people (id),
    bought_by_name TEXT NOT NULL,
    is_by_customer BOOLEAN NOT NULL,
    bought_at TIMESTAMP NOT NULL,
    starts_on DATE NOT NULL,
    expires_on DATE NOT NULL,
    state TEXT NOT NULL CONSTRAINT reservations_state_check CHECK (state IN ('active', 'expired'))
);
CREATE INDEX reservations_of_order ON reservations (order_id);
CREATE INDEX reservations_of_customer ON reservations (customer_id, expires_on, id);
CREATE INDEX reservations_of_provider ON reservations (provider_id, expires_on, id);
CREATE INDEX reservations_of_reseller ON reservations (reseller_id, expires_on, id) WHERE reseller_id IS NOT NULL;
CREATE INDEX reservations_of_subscription ON reservations (subscription_id);
CREATE INDEX reservations_of_product ON reservations (product_id);
CREATE INDEX reservations_by_person ON reservations (bought_by_id);
CREATE INDEX reservations_due ON reservations (state, expires_on, id);
-- How much a customer may spend on reservations by itself in a month. Who may not has no row.
CREATE TABLE customer_purchases (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    limit_minor BIGINT NOT NULL CONSTRAINT customer_purchases_limit_minor_check CHECK (limit_minor BETWEEN 1 AND 99999999999),
    currency TEXT NOT NULL,
    allowed_at TIMESTAMP NOT NULL,
    allowed_by_name TEXT NOT NULL
);
