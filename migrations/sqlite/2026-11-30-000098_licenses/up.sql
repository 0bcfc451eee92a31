-- What a license of an offer holds, one after another with semicolons between.
ALTER TABLE offers ADD COLUMN service_plans TEXT NOT NULL DEFAULT '';

-- Who has which license, out of what the customer bought under this account. Those of a deleted user wait, released.
CREATE TABLE licenses (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    user_id TEXT NOT NULL REFERENCES customer_users (id),
    plans_off TEXT NOT NULL DEFAULT '',
    assigned_at TIMESTAMP NOT NULL,
    assigned_by_name TEXT NOT NULL,
    released_at TIMESTAMP,
    PRIMARY KEY (customer_id, offer_id, user_id)
);
CREATE INDEX licenses_of_offer ON licenses (offer_id);
CREATE INDEX licenses_of_user ON licenses (user_id, customer_id);
CREATE INDEX licenses_assigned ON licenses (customer_id, offer_id) WHERE released_at IS NULL;

-- Which users of a customer somebody has ticked, page by page, until something is done with them.
CREATE TABLE user_picks (
    person_id TEXT NOT NULL REFERENCES people (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    user_id TEXT NOT NULL REFERENCES customer_users (id),
    picked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, customer_id, user_id)
);
CREATE INDEX user_picks_of_customer ON user_picks (customer_id);
CREATE INDEX user_picks_of_user ON user_picks (user_id);
CREATE INDEX user_picks_by_age ON user_picks (picked_at);
