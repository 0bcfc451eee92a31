-- For some days, what the operator names costs less for a first term.
CREATE TABLE promotions (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    percent INTEGER NOT NULL CONSTRAINT promotions_percent_check CHECK (percent BETWEEN 1 AND 99),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    for_new_customers BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by_name TEXT,
    CONSTRAINT promotions_days_check CHECK (ends_on >= starts_on)
);
CREATE INDEX promotions_by_start ON promotions (starts_on, id);
CREATE TABLE promotion_offers (
    promotion_id TEXT NOT NULL REFERENCES promotions (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    PRIMARY KEY (promotion_id, offer_id)
) WITHOUT ROWID;
CREATE INDEX promotion_offers_of_offer ON promotion_offers (offer_id, promotion_id);
-- By which promotion a subscription has its price in the term that runs, and what its order says of it.
ALTER TABLE subscriptions ADD COLUMN promotion_id TEXT REFERENCES promotions (id);
CREATE INDEX subscriptions_of_promotion ON subscriptions (promotion_id) WHERE promotion_id IS NOT NULL;
ALTER TABLE order_lines ADD COLUMN promotion_name TEXT NOT NULL DEFAULT '';
