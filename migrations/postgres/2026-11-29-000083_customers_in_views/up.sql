-- What the Customers list shows, sorts and narrows by is kept with each customer, and repeated in its delegations as
-- name and domain are, so that an index holds every view in every order.
--
-- Triggers keep it, since then nobody who writes a subscription or a delegation can forget it: areas, the demonstration,
-- and whatever is written by hand. Only what a day changes by itself (ending_on) is kept by the portal.

-- What the active subscriptions in the provider's currency cost a month, rounded as the portal does: a month of what is
-- billed annually is a twelfth of the price of one, rounded half up. No single one counts for more than 10^15.
ALTER TABLE customers ADD COLUMN monthly_minor BIGINT NOT NULL DEFAULT 0 CONSTRAINT customers_monthly_minor_check CHECK (monthly_minor >= 0);
-- How many resellers administer it.
ALTER TABLE customers ADD COLUMN resellers INTEGER NOT NULL DEFAULT 0;
-- The first day on which something of it ends, where that is soon.
ALTER TABLE customers ADD COLUMN ending_on DATE;
ALTER TABLE delegations ADD COLUMN customer_monthly_minor BIGINT NOT NULL DEFAULT 0 CONSTRAINT delegations_customer_monthly_minor_check CHECK (customer_monthly_minor >= 0);
ALTER TABLE delegations ADD COLUMN customer_agreement TEXT NOT NULL DEFAULT 'accepted';
ALTER TABLE delegations ADD COLUMN customer_ending_on DATE;
ALTER TABLE delegations ADD COLUMN customer_created_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';

CREATE FUNCTION month_of(one subscriptions) RETURNS BIGINT LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN one.status = 'active' AND one.currency = (SELECT currency FROM organisations WHERE id = one.provider_id)
        THEN least((CASE one.billing WHEN 'monthly' THEN one.unit_price_minor WHEN 'annual' THEN (one.unit_price_minor + 6) / 12 ELSE 0 END)::numeric * one.quantity, 1000000000000000)::bigint ELSE 0 END
$$;

UPDATE customers SET
    monthly_minor = (SELECT coalesce(sum(month_of(subscriptions)), 0) FROM subscriptions WHERE customer_id = customers.id),
    resellers = (SELECT count(*) FROM delegations WHERE customer_id = customers.id AND ended_at IS NULL);
UPDATE delegations SET (customer_monthly_minor, customer_agreement, customer_created_at) =
    (SELECT monthly_minor, agreement, created_at FROM customers WHERE id = customer_id);

-- Every view in every order. They end with what a search looks at and the view demands, so that nothing else is read.
DROP INDEX customers_of_provider;
CREATE INDEX customers_of_provider ON customers (provider_id, sort_name, id, domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX customers_of_provider_by_since ON customers (provider_id, created_at, id, sort_name, domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX customers_of_provider_by_value ON customers (provider_id, monthly_minor, id, sort_name, domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX customers_direct_by_name ON customers (provider_id, resellers, sort_name, id, domain, ended_at) WHERE resellers = 0 AND ended_at IS NULL;
CREATE INDEX customers_direct_by_since ON customers (provider_id, resellers, created_at, id, sort_name, domain, ended_at) WHERE resellers = 0 AND ended_at IS NULL;
CREATE INDEX customers_direct_by_value ON customers (provider_id, resellers, monthly_minor, id, sort_name, domain, ended_at) WHERE resellers = 0 AND ended_at IS NULL;
CREATE INDEX customers_awaited_by_name ON customers (provider_id, agreement, sort_name, id, domain, ended_at) WHERE agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX customers_awaited_by_since ON customers (provider_id, agreement, created_at, id, sort_name, domain, ended_at) WHERE agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX customers_awaited_by_value ON customers (provider_id, agreement, monthly_minor, id, sort_name, domain, ended_at) WHERE agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX customers_ending_by_name ON customers (provider_id, sort_name, id, domain, ending_on, ended_at) WHERE ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX customers_ending_by_since ON customers (provider_id, created_at, id, sort_name, domain, ending_on, ended_at) WHERE ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX customers_ending_by_value ON customers (provider_id, monthly_minor, id, sort_name, domain, ending_on, ended_at) WHERE ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX customers_ended_by_name ON customers (provider_id, sort_name, id, domain, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX customers_ended_by_since ON customers (provider_id, created_at, id, sort_name, domain, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX customers_ended_by_value ON customers (provider_id, monthly_minor, id, sort_name, domain, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX customers_ended_by_end ON customers (provider_id, ended_at, id, sort_name, domain) WHERE ended_at IS NOT NULL;
CREATE INDEX customers_by_end ON customers (ending_on, id) WHERE ending_on IS NOT NULL;
CREATE INDEX delegations_of_reseller_by_since ON delegations (reseller_id, since, customer_id, customer_sort_name, customer_domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX delegations_of_reseller_by_value ON delegations (reseller_id, customer_monthly_minor, customer_id, customer_sort_name, customer_domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX delegations_awaited_of_reseller_by_name ON delegations (reseller_id, customer_agreement, customer_sort_name, customer_id, customer_domain, ended_at) WHERE customer_agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX delegations_awaited_of_reseller_by_since ON delegations (reseller_id, customer_agreement, since, customer_id, customer_sort_name, customer_domain, ended_at) WHERE customer_agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX delegations_awaited_of_reseller_by_value ON delegations (reseller_id, customer_agreement, customer_monthly_minor, customer_id, customer_sort_name, customer_domain, ended_at) WHERE customer_agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX delegations_ending_of_reseller_by_name ON delegations (reseller_id, customer_sort_name, customer_id, customer_domain, customer_ending_on, ended_at) WHERE customer_ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delegations_ending_of_reseller_by_since ON delegations (reseller_id, since, customer_id, customer_sort_name, customer_domain, customer_ending_on, ended_at) WHERE customer_ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delegations_ending_of_reseller_by_value ON delegations (reseller_id, customer_monthly_minor, customer_id, customer_sort_name, customer_domain, customer_ending_on, ended_at) WHERE customer_ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delegations_of_pair_by_since ON delegations (provider_id, reseller_id, customer_created_at, customer_id, customer_sort_name, customer_domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX delegations_of_pair_by_value ON delegations (provider_id, reseller_id, customer_monthly_minor, customer_id, customer_sort_name, customer_domain, ended_at) WHERE ended_at IS NULL;
CREATE INDEX delegations_awaited_of_pair_by_name ON delegations (provider_id, reseller_id, customer_agreement, customer_sort_name, customer_id, customer_domain, ended_at) WHERE customer_agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX delegations_awaited_of_pair_by_since ON delegations (provider_id, reseller_id, customer_agreement, customer_created_at, customer_id, customer_sort_name, customer_domain, ended_at) WHERE customer_agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX delegations_awaited_of_pair_by_value ON delegations (provider_id, reseller_id, customer_agreement, customer_monthly_minor, customer_id, customer_sort_name, customer_domain, ended_at) WHERE customer_agreement = 'awaited' AND ended_at IS NULL;
CREATE INDEX delegations_ending_of_pair_by_name ON delegations (provider_id, reseller_id, customer_sort_name, customer_id, customer_domain, customer_ending_on, ended_at) WHERE customer_ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delegations_ending_of_pair_by_since ON delegations (provider_id, reseller_id, customer_created_at, customer_id, customer_sort_name, customer_domain, customer_ending_on, ended_at) WHERE customer_ending_on IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delegations_ending_of_pair_by_value ON delegations (provider_id, reseller_id, customer_monthly_minor, customer_id, customer_sort_name, customer_domain, customer_ending_on, ended_at) WHERE customer_ending_on IS NOT NULL AND ended_at IS NULL;

-- What the day changes is found by these.
CREATE INDEX subscriptions_trials_by_end ON subscriptions (renews_on, customer_id, status) WHERE is_trial;
CREATE INDEX subscriptions_kept_by_end ON subscriptions (kept_until, customer_id, status) WHERE kept_until IS NOT NULL;

CREATE FUNCTION keep_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE customers SET monthly_minor = monthly_minor - month_of(old) WHERE id = old.customer_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE customers SET monthly_minor = monthly_minor + month_of(new) WHERE id = new.customer_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER subscriptions_added_or_gone AFTER INSERT OR DELETE ON subscriptions
    FOR EACH ROW EXECUTE FUNCTION keep_month();
CREATE TRIGGER subscriptions_changed AFTER UPDATE OF customer_id, provider_id, status, billing, currency, unit_price_minor, quantity ON subscriptions
    FOR EACH ROW EXECUTE FUNCTION keep_month();

CREATE FUNCTION keep_resellers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND old.ended_at IS NULL THEN
        UPDATE customers SET resellers = resellers - 1 WHERE id = old.customer_id;
    END IF;
    IF TG_OP <> 'DELETE' AND new.ended_at IS NULL THEN
        UPDATE customers SET resellers = resellers + 1 WHERE id = new.customer_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER delegations_added_or_gone AFTER INSERT OR DELETE ON delegations
    FOR EACH ROW EXECUTE FUNCTION keep_resellers();
CREATE TRIGGER delegations_changed AFTER UPDATE OF customer_id, ended_at ON delegations
    FOR EACH ROW EXECUTE FUNCTION keep_resellers();

CREATE FUNCTION repeat_of_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT monthly_minor, agreement, ending_on, created_at
        INTO new.customer_monthly_minor, new.customer_agreement, new.customer_ending_on, new.customer_created_at
        FROM customers WHERE id = new.customer_id;
    RETURN new;
END $$;
CREATE TRIGGER delegations_repeating BEFORE INSERT ON delegations
    FOR EACH ROW EXECUTE FUNCTION repeat_of_customer();

CREATE FUNCTION repeat_in_delegations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE delegations SET customer_monthly_minor = new.monthly_minor, customer_agreement = new.agreement,
        customer_ending_on = new.ending_on, customer_created_at = new.created_at WHERE customer_id = new.id;
    RETURN NULL;
END $$;
CREATE TRIGGER customers_repeated AFTER UPDATE OF monthly_minor, agreement, ending_on, created_at ON customers
    FOR EACH ROW WHEN ((old.monthly_minor, old.agreement, old.ending_on, old.created_at)
        IS DISTINCT FROM (new.monthly_minor, new.agreement, new.ending_on, new.created_at))
    EXECUTE FUNCTION repeat_in_delegations();

-- What a person has ticked in the list, page by page, until it is taken somewhere or forgotten. Each list that is
-- ticked in has its own, which stands in its address.
CREATE TABLE customer_selections (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    -- All that this view, search and reseller find, but for what is marked; otherwise what is marked.
    is_all BOOLEAN NOT NULL,
    view TEXT NOT NULL,
    search TEXT NOT NULL,
    reseller TEXT NOT NULL,
    touched_at TIMESTAMP NOT NULL
);
CREATE INDEX customer_selections_of_person ON customer_selections (person_id);
CREATE INDEX customer_selections_by_age ON customer_selections (touched_at, id);
CREATE TABLE selected_customers (
    selection_id TEXT NOT NULL REFERENCES customer_selections (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    PRIMARY KEY (selection_id, customer_id)
);
CREATE INDEX selected_customers_of_customer ON selected_customers (customer_id);
