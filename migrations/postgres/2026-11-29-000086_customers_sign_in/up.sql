-- A customer's company is an organisation of its own, whose people sign in. Its id is that of its first account, which is
-- its Microsoft ID; an account with another provider names the same company.
ALTER TABLE organisations DROP CONSTRAINT organisations_kind_check;
ALTER TABLE organisations ADD CONSTRAINT organisations_kind_check CHECK (kind IN ('operator', 'provider', 'reseller', 'customer'));
INSERT INTO organisations (id, kind, name, sort_name, name_key, country, currency, state, created_at, contact_first_name, contact_last_name, contact_email, contact_phone)
    SELECT customers.id, 'customer', customers.company_name, customers.sort_name, customers.name_key, customers.country, providers.currency, 'enrolled', customers.created_at, customers.first_name, customers.last_name, customers.email, customers.phone
    FROM customers JOIN organisations AS providers ON providers.id = customers.provider_id;

-- Nobody lists them with the partners, whose lists read nothing of a million customers.
DROP INDEX organisations_in_order;
CREATE INDEX organisations_in_order ON organisations (sort_name, id) WHERE kind <> 'customer';
DROP INDEX organisations_by_name_key;
CREATE INDEX organisations_by_name_key ON organisations (name_key) WHERE kind <> 'customer';
CREATE INDEX partners_by_kind ON organisations (kind, created_at, id) WHERE kind <> 'customer';

ALTER TABLE customers ADD COLUMN tenant_id TEXT REFERENCES organisations (id);
UPDATE customers SET tenant_id = id;
ALTER TABLE customers ALTER COLUMN tenant_id SET NOT NULL;
CREATE UNIQUE INDEX customers_of_tenant ON customers (tenant_id, provider_id);
ALTER TABLE customers DROP CONSTRAINT customers_domain_key;

-- A domain is one company's, whose other accounts repeat it.
CREATE UNIQUE INDEX customers_of_own_domain ON customers (domain) WHERE id = tenant_id;
CREATE INDEX customers_by_domain ON customers (domain);

-- Their admins are people, who sign in with the user names that they have. Should a partner's person have one of these as
-- the address of an account, the user name gives way.
UPDATE customer_users SET user_name = id || substr(user_name, 6) WHERE user_name IN (SELECT email FROM people);
INSERT INTO people (id, organisation_id, name, sort_name, email, password_hash, must_change_password, password_set_at, state, time_zone, version, created_at)
    SELECT customer_users.id, customer_users.customer_id,
        CASE WHEN customers.country IN ('CN', 'HK', 'HU', 'JP', 'KH', 'KR', 'MN', 'MO', 'TW', 'VN') THEN trim(customers.last_name || ' ' || customers.first_name) ELSE trim(customers.first_name || ' ' || customers.last_name) END,
        '', customer_users.user_name, customer_users.password_hash, customer_users.must_change_password, customer_users.password_set_at, 'active', 'UTC', 1, customer_users.created_at
    FROM customer_users JOIN customers ON customers.id = customer_users.customer_id;
INSERT INTO person_roles (person_id, role) SELECT id, 'global_admin' FROM customer_users WHERE is_first_admin;
-- The binary folds their names after this step.
DELETE FROM foldings WHERE name = 'people';
ALTER TABLE customer_users ADD COLUMN person_id TEXT REFERENCES people (id);
UPDATE customer_users SET person_id = id;
CREATE UNIQUE INDEX customer_users_of_person ON customer_users (person_id) WHERE person_id IS NOT NULL;
ALTER TABLE customer_users DROP COLUMN password_hash;
ALTER TABLE customer_users DROP COLUMN must_change_password;
ALTER TABLE customer_users DROP COLUMN password_set_at;

-- Whether the provider administers the account, and since when it does not because the customer took that away.
ALTER TABLE customers ADD COLUMN is_delegated BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE customers ADD COLUMN undelegated_at TIMESTAMP;
-- Whether the customer took a delegation away: then nobody else gives the reseller another one.
ALTER TABLE delegations ADD COLUMN is_revoked BOOLEAN NOT NULL DEFAULT FALSE;
