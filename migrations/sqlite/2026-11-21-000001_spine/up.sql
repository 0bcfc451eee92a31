-- Keys are UUIDs (version 7) kept as text, so that both databases agree.
-- Sort names are lower-cased and compared byte-wise, so that both databases sort alike.

CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('operator', 'provider', 'reseller')),
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('enrolling', 'enrolled', 'suspended')),
    support_email TEXT NOT NULL DEFAULT '',
    support_telephone TEXT NOT NULL DEFAULT '',
    support_website TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMP NOT NULL
) WITHOUT ROWID;

CREATE TABLE locations (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    mpn_id TEXT NOT NULL UNIQUE,
    is_head_office BOOLEAN NOT NULL,
    country TEXT NOT NULL,
    city TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX locations_of_organisation ON locations (organisation_id, name);

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'inactive')),
    time_zone TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX people_of_organisation ON people (organisation_id, name);

CREATE TABLE person_roles (
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('global_admin', 'user_admin', 'admin_agent', 'sales_agent', 'helpdesk_agent', 'billing_admin')),
    PRIMARY KEY (person_id, role)
) WITHOUT ROWID;

CREATE TABLE sign_ins (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_ins_of_person ON sign_ins (person_id);

-- One row an account or network address that failed to sign in; the subject is a hash.
CREATE TABLE sign_in_failures (
    subject TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_failed_at TIMESTAMP NOT NULL
) WITHOUT ROWID;

CREATE TABLE activity_records (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    person_organisation TEXT NOT NULL,
    action TEXT NOT NULL,
    customer_id TEXT,
    customer_name TEXT,
    customer_sort_name TEXT,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    changes TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('succeeded', 'failed')),
    occurred_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
-- The name stands in the indexes so that a search for a part of it reads them alone.
CREATE INDEX activity_of_organisation ON activity_records (organisation_id, occurred_at, id, customer_sort_name);
CREATE INDEX activity_of_customer ON activity_records (organisation_id, customer_id, occurred_at, id);
CREATE INDEX activity_of_action ON activity_records (organisation_id, action, occurred_at, id, customer_sort_name);
CREATE INDEX activity_of_subject ON activity_records (organisation_id, subject_id, occurred_at, id);

CREATE TABLE letters (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    to_email TEXT NOT NULL,
    reply_to TEXT,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    leased_until TIMESTAMP,
    last_error TEXT,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
) WITHOUT ROWID;
CREATE INDEX letters_due ON letters (state, due_at);
CREATE INDEX letters_of_subject ON letters (subject_id, created_at);

CREATE TABLE partnership_requests (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    requested_by TEXT NOT NULL REFERENCES people (id),
    requested_by_name TEXT NOT NULL,
    requested_by_email TEXT NOT NULL,
    to_email TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'revoked')),
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    expires_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    answered_by_name TEXT,
    reseller_id TEXT REFERENCES organisations (id),
    decline_reason TEXT,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX partnership_requests_of_provider ON partnership_requests (provider_id, created_at, id);

CREATE TABLE partnerships (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    reseller_id TEXT NOT NULL REFERENCES organisations (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    request_id TEXT REFERENCES partnership_requests (id),
    reseller_sort_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'removed')),
    accepted_by_name TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    removed_at TIMESTAMP,
    removed_by_name TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX partnerships_active_pair ON partnerships (provider_id, reseller_id) WHERE state = 'active';
CREATE INDEX partnerships_of_provider ON partnerships (provider_id, state, reseller_sort_name, id);
CREATE INDEX partnerships_of_reseller ON partnerships (reseller_id, state);

CREATE TABLE customers (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    company_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    domain TEXT NOT NULL UNIQUE,
    search_text TEXT NOT NULL,
    country TEXT NOT NULL,
    address_line1 TEXT NOT NULL,
    address_line2 TEXT NOT NULL,
    city TEXT NOT NULL,
    state TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    registration_id TEXT NOT NULL,
    culture TEXT NOT NULL,
    qualification TEXT NOT NULL CHECK (qualification IN ('none', 'education', 'government', 'nonprofit')),
    agreement TEXT NOT NULL CHECK (agreement IN ('accepted', 'awaited')),
    agreement_first_name TEXT NOT NULL,
    agreement_last_name TEXT NOT NULL,
    agreement_email TEXT NOT NULL,
    agreement_phone TEXT NOT NULL,
    agreement_on DATE,
    agreement_attested_by TEXT,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
-- The domain stands in the index so that a search in list order reads nothing else.
CREATE INDEX customers_of_provider ON customers (provider_id, sort_name, id, domain);

-- The trigram index finds any part of a name, a domain or an id. It points at the rows by
-- number, which must survive VACUUM: hence the explicit integer key.
CREATE VIRTUAL TABLE customer_search USING fts5 (search_text, content = 'customers', content_rowid = 'row', tokenize = 'trigram');
CREATE TRIGGER customers_added AFTER INSERT ON customers BEGIN
    INSERT INTO customer_search (rowid, search_text) VALUES (new.row, new.search_text);
END;
CREATE TRIGGER customers_changed AFTER UPDATE OF search_text ON customers BEGIN
    INSERT INTO customer_search (customer_search, rowid, search_text) VALUES ('delete', old.row, old.search_text);
    INSERT INTO customer_search (rowid, search_text) VALUES (new.row, new.search_text);
END;
CREATE TRIGGER customers_gone AFTER DELETE ON customers BEGIN
    INSERT INTO customer_search (customer_search, rowid, search_text) VALUES ('delete', old.row, old.search_text);
END;

CREATE TABLE customer_users (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    user_name TEXT NOT NULL UNIQUE,
    is_first_admin BOOLEAN NOT NULL,
    password_hash TEXT NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    password_set_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX customer_users_of_customer ON customer_users (customer_id);

-- Who administers a customer; provider, sort name and domain are repeated here so that a
-- reseller's customers can be listed and searched through one index. The index holds ended_at
-- too: SQLite would look it up in the table otherwise.
CREATE TABLE delegations (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    reseller_id TEXT NOT NULL REFERENCES organisations (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    customer_sort_name TEXT NOT NULL,
    customer_domain TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
) WITHOUT ROWID;
CREATE UNIQUE INDEX delegations_active_pair ON delegations (customer_id, reseller_id) WHERE ended_at IS NULL;
CREATE INDEX delegations_of_reseller ON delegations (reseller_id, customer_sort_name, customer_id, customer_domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX delegations_of_provider ON delegations (provider_id, reseller_id, customer_sort_name, customer_id, customer_domain, ended_at) WHERE ended_at IS NULL;

CREATE TABLE offers (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN ('enterprise', 'small-business', 'nonprofit', 'education', 'government', 'trial', 'add-on', 'usage')),
    unit TEXT NOT NULL CHECK (unit IN ('licenses', 'instances', 'gigabytes', 'usage')),
    minimum BIGINT NOT NULL,
    maximum BIGINT NOT NULL,
    limit_scope TEXT NOT NULL CHECK (limit_scope IN ('none', 'lifetime', 'concurrent')),
    limit_count INTEGER NOT NULL,
    is_trial BOOLEAN NOT NULL,
    is_add_on BOOLEAN NOT NULL,
    billed_monthly BOOLEAN NOT NULL,
    billed_annually BOOLEAN NOT NULL,
    term_months INTEGER NOT NULL,
    qualification TEXT NOT NULL CHECK (qualification IN ('none', 'education', 'government', 'nonprofit')),
    countries TEXT NOT NULL,
    converts_to TEXT REFERENCES offers (id),
    is_available BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE INDEX offers_by_name ON offers (sort_name, id);

CREATE TABLE offer_prices (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    currency TEXT NOT NULL,
    monthly_minor BIGINT NOT NULL,
    annual_minor BIGINT NOT NULL,
    PRIMARY KEY (offer_id, currency)
) WITHOUT ROWID;

CREATE TABLE offer_prerequisites (
    add_on_id TEXT NOT NULL REFERENCES offers (id),
    base_id TEXT NOT NULL REFERENCES offers (id),
    PRIMARY KEY (add_on_id, base_id)
) WITHOUT ROWID;

-- An order in the making: a new customer with its first order, or one for an existing customer.
CREATE TABLE drafts (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    made_by TEXT NOT NULL REFERENCES people (id),
    made_by_name TEXT NOT NULL,
    customer_id TEXT REFERENCES customers (id),
    account TEXT NOT NULL,
    reseller_id TEXT REFERENCES organisations (id),
    mpn_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'cancelled')),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX drafts_of_provider ON drafts (provider_id, state, updated_at, id);

CREATE TABLE draft_lines (
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    quantity BIGINT NOT NULL,
    billing TEXT NOT NULL CHECK (billing IN ('monthly', 'annual', 'none')),
    PRIMARY KEY (draft_id, offer_id)
) WITHOUT ROWID;

CREATE TABLE order_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    draft_id TEXT UNIQUE REFERENCES drafts (id),
    placed_by_name TEXT NOT NULL,
    currency TEXT NOT NULL,
    monthly_minor BIGINT NOT NULL,
    annual_minor BIGINT NOT NULL,
    created_customer BOOLEAN NOT NULL,
    placed_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX orders_of_provider ON orders (provider_id, placed_at, id);
CREATE INDEX orders_of_customer ON orders (customer_id, placed_at, id);

CREATE TABLE subscriptions (
    id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    offer_name TEXT NOT NULL,
    nickname TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'deleted')),
    billing TEXT NOT NULL CHECK (billing IN ('monthly', 'annual', 'none')),
    currency TEXT NOT NULL,
    unit_price_minor BIGINT NOT NULL,
    is_trial BOOLEAN NOT NULL,
    parent_id TEXT REFERENCES subscriptions (id),
    mpn_id TEXT NOT NULL,
    mpn_reseller_id TEXT REFERENCES organisations (id),
    support_organisation_id TEXT NOT NULL REFERENCES organisations (id),
    created_at TIMESTAMP NOT NULL,
    starts_on DATE NOT NULL,
    renews_on DATE NOT NULL,
    suspended_at TIMESTAMP,
    suspension_reason TEXT,
    kept_until DATE,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX subscriptions_of_customer ON subscriptions (customer_id, sort_name, id);
CREATE INDEX subscriptions_of_offer ON subscriptions (customer_id, offer_id);
CREATE INDEX subscriptions_of_order ON subscriptions (order_id);
CREATE INDEX subscriptions_of_parent ON subscriptions (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    offer_name TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    billing TEXT NOT NULL CHECK (billing IN ('monthly', 'annual', 'none')),
    unit_price_minor BIGINT NOT NULL,
    mpn_id TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
) WITHOUT ROWID;
