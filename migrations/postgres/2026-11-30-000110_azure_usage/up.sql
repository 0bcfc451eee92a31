-- What was used of subscriptions that are billed by usage, and what it cost: one row a subscription, day and meter, as the
-- last file said it. Many a meter costs less than a cent a day, so costs are millionths of the currency's major unit.
CREATE TABLE usage_rows (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    day DATE NOT NULL,
    meter TEXT NOT NULL,
    service TEXT NOT NULL,
    used TEXT NOT NULL,
    unit TEXT NOT NULL,
    cost_millionths BIGINT NOT NULL CONSTRAINT usage_rows_cost_millionths_check CHECK (cost_millionths BETWEEN 0 AND 999999999999999),
    PRIMARY KEY (subscription_id, day, meter)
);

-- Their sums, so that no page adds up rows.
CREATE TABLE usage_days (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    day DATE NOT NULL,
    service TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    cost_millionths BIGINT NOT NULL CONSTRAINT usage_days_cost_millionths_check CHECK (cost_millionths >= 0),
    PRIMARY KEY (subscription_id, day, service)
);
CREATE INDEX usage_days_of_customer ON usage_days (customer_id, day);

CREATE TABLE usage_months (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    month DATE NOT NULL,
    -- The last day of which something is known.
    last_day DATE NOT NULL,
    cost_millionths BIGINT NOT NULL CONSTRAINT usage_months_cost_millionths_check CHECK (cost_millionths >= 0),
    PRIMARY KEY (customer_id, month)
);

-- Customers with something that is billed by usage: what they have spent in a month, and the budget of each month.
CREATE TABLE azure_accounts (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    currency TEXT NOT NULL,
    month DATE NOT NULL,
    last_day DATE,
    spent_millionths BIGINT NOT NULL CONSTRAINT azure_accounts_spent_millionths_check CHECK (spent_millionths >= 0),
    budget_minor BIGINT CONSTRAINT azure_accounts_budget_minor_check CHECK (budget_minor BETWEEN 1 AND 99999999999),
    standing TEXT NOT NULL CONSTRAINT azure_accounts_standing_check CHECK (standing IN ('no_budget', 'within', 'nearing', 'exceeded')),
    version INTEGER NOT NULL
);
CREATE INDEX azure_accounts_of_provider ON azure_accounts (provider_id, spent_millionths, customer_id);
CREATE INDEX azure_accounts_by_month ON azure_accounts (month);
INSERT INTO azure_accounts (customer_id, provider_id, currency, month, spent_millionths, standing, version)
SELECT customer_id, min(provider_id), min(currency), date_trunc('month', now() AT TIME ZONE 'UTC')::date, 0, 'no_budget', 1
FROM subscriptions WHERE unit = 'usage' GROUP BY customer_id;

-- What was told of a month's budget, once each.
CREATE TABLE azure_alerts (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    month DATE NOT NULL,
    standing TEXT NOT NULL CONSTRAINT azure_alerts_standing_check CHECK (standing IN ('no_budget', 'within', 'nearing', 'exceeded')),
    reached_at TIMESTAMP NOT NULL,
    PRIMARY KEY (customer_id, month, standing)
);

-- Files between their preview and their use: of offers, and of usage.
ALTER TABLE catalogue_uploads RENAME TO previewed_files;
ALTER TABLE previewed_files ADD COLUMN purpose TEXT NOT NULL DEFAULT 'offers';
DROP INDEX catalogue_uploads_of_organisation;
DROP INDEX catalogue_uploads_of_person;
DROP INDEX catalogue_uploads_by_expiry;
CREATE INDEX previewed_files_of_organisation ON previewed_files (organisation_id, purpose, uploaded_at, id);
CREATE INDEX previewed_files_of_person ON previewed_files (person_id);
CREATE INDEX previewed_files_by_expiry ON previewed_files (expires_at);
