-- Subscriptions that move from one partner to another, as a file with three sides: who has them now, the customer, and
-- who is to have them. The names are those of the day on which it was started.
CREATE TABLE transfers (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT transfers_kind_check CHECK (kind IN ('provider', 'reseller', 'outside')),
    -- With whom the subscriptions are when it is started.
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    company_id TEXT NOT NULL REFERENCES organisations (id),
    company_name TEXT NOT NULL,
    -- Folded, for searching.
    search_text TEXT NOT NULL,
    source_id TEXT NOT NULL REFERENCES organisations (id),
    source_name TEXT NOT NULL,
    -- None where the new partner is none of this installation.
    target_id TEXT REFERENCES organisations (id),
    target_name TEXT NOT NULL,
    target_mpn_id TEXT NOT NULL,
    -- The account that the new partner has of the company.
    target_customer_id TEXT REFERENCES customers (id),
    starter_id TEXT NOT NULL REFERENCES organisations (id),
    started_by TEXT NOT NULL,
    started_by_name TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT transfers_state_check CHECK (state IN ('customer', 'provider', 'partner', 'done', 'failed', 'refused', 'withdrawn', 'expired')),
    -- Whether the new partner has got to know of it.
    is_shown BOOLEAN NOT NULL,
    -- The last day on which it can be answered.
    open_until DATE NOT NULL,
    to_name TEXT NOT NULL,
    to_email TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    settled_at TIMESTAMP,
    settled_by_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX transfers_of_provider ON transfers (provider_id, started_at, id);
CREATE INDEX transfers_of_source ON transfers (source_id, started_at, id);
CREATE INDEX transfers_of_target ON transfers (target_id, started_at, id) WHERE target_id IS NOT NULL;
CREATE INDEX transfers_of_company ON transfers (company_id, started_at, id);
CREATE INDEX transfers_of_customer ON transfers (customer_id);
CREATE INDEX transfers_of_target_customer ON transfers (target_customer_id) WHERE target_customer_id IS NOT NULL;
CREATE INDEX transfers_of_starter ON transfers (starter_id);
CREATE UNIQUE INDEX transfers_by_token ON transfers (token_hash);
-- What the job looks for.
CREATE INDEX transfers_by_end ON transfers (open_until, id) WHERE settled_at IS NULL;

-- What is to move, as it stood when the file was started, and what came of it.
CREATE TABLE transfer_items (
    transfer_id TEXT NOT NULL REFERENCES transfers (id),
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    -- Bases stand before their add-ons.
    position BIGINT NOT NULL,
    -- The base that it moves with.
    parent_id TEXT REFERENCES subscriptions (id),
    offer_name TEXT NOT NULL,
    nickname TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT transfer_items_quantity_check CHECK (quantity BETWEEN 1 AND 9999999999),
    billing TEXT NOT NULL,
    currency TEXT NOT NULL,
    unit_price_minor BIGINT NOT NULL CONSTRAINT transfer_items_unit_price_minor_check CHECK (unit_price_minor BETWEEN 0 AND 99999999999),
    renews_on DATE NOT NULL,
    result TEXT NOT NULL CONSTRAINT transfer_items_result_check CHECK (result IN ('waiting', 'moved', 'refused', 'failed', 'left')),
    -- Why it was refused, in the words of whoever refused it, or why it failed.
    why TEXT NOT NULL,
    -- What it is with the new partner.
    became_id TEXT REFERENCES subscriptions (id),
    PRIMARY KEY (transfer_id, subscription_id)
);
-- A subscription is in one open file only.
CREATE UNIQUE INDEX transfer_items_open ON transfer_items (subscription_id) WHERE result = 'waiting';
CREATE INDEX transfer_items_of_subscription ON transfer_items (subscription_id);
CREATE INDEX transfer_items_below ON transfer_items (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX transfer_items_that_became ON transfer_items (became_id) WHERE became_id IS NOT NULL;

-- Who said what for its side, and how that is known.
CREATE TABLE transfer_answers (
    transfer_id TEXT NOT NULL REFERENCES transfers (id),
    side TEXT NOT NULL CONSTRAINT transfer_answers_side_check CHECK (side IN ('customer', 'provider', 'partner')),
    is_yes BOOLEAN NOT NULL,
    by_name TEXT NOT NULL,
    -- Whether it was given by the mailed link, by somebody who was not signed in.
    by_link BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (transfer_id, side)
);

-- An order that holds what came by a transfer; nothing was ordered.
ALTER TABLE orders ADD COLUMN transfer_id TEXT REFERENCES transfers (id);
CREATE INDEX orders_of_transfer ON orders (transfer_id) WHERE transfer_id IS NOT NULL;
