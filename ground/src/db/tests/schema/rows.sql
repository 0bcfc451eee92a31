INSERT INTO organisations (id, kind, name, country, currency, state, created_at) VALUES
    ('p', 'provider', 'Härbor Distribution', 'DE', 'EUR', 'enrolled', '2026-01-31 10:42:00'),
    ('r', 'reseller', 'Brightwater', 'DE', 'EUR', 'suspended', '2026-02-01 10:42:00');
INSERT INTO locations (id, organisation_id, name, mpn_id, is_head_office, country, city, created_at) VALUES
    ('s', 'r', 'Main office', '4810233', TRUE, 'DE', 'Hamburg', '2026-02-01 10:42:00');
INSERT INTO people (id, organisation_id, name, email, password_hash, must_change_password, state, time_zone, created_at) VALUES
    ('a', 'p', 'Ann Lee', 'ann@harbor.example', 'hash-a', FALSE, 'active', 'Europe/Berlin', '2026-01-31 10:42:00'),
    ('b', 'r', 'Bo Ek', 'bo@brightwater.example', 'hash-b', TRUE, 'inactive', 'Europe/Berlin', '2026-02-01 10:42:00');
INSERT INTO person_roles (person_id, role) VALUES ('a', 'global_admin'), ('a', 'sales_agent'), ('b', 'helpdesk_agent');
INSERT INTO activity_records (id, organisation_id, person_id, person_name, person_organisation, action, subject_kind, subject_id, subject_name, changes, result, occurred_at) VALUES
    ('v', 'p', 'a', 'Ann Lee', 'Härbor Distribution', 'add_customer', 'customer', 'c', 'Wörner', '[]', 'succeeded', '2026-03-01 10:42:00');
INSERT INTO letters (id, organisation_id, subject_kind, subject_id, to_email, subject, body_text, body_html, state, attempts, due_at, created_at) VALUES
    ('l1', 'p', 'partnership_request', 'q', 'bo@brightwater.example', 'One', 'text 1', 'html 1', 'waiting', 3, '2026-03-01 10:42:00', '2026-03-01 10:00:00'),
    ('l2', 'p', 'partnership_request', 'q', 'bo@brightwater.example', 'Two', '', '', 'sent', 1, '2026-03-01 10:42:00', '2026-03-01 10:00:00'),
    ('l3', 'p', 'partnership_answer', 'q', 'ann@harbor.example', 'Three', 'text 3', 'html 3', 'failed', 16, '2026-03-01 10:42:00', '2026-03-01 10:00:00'),
    ('l4', 'p', 'partnership_answer', 'q', 'ann@harbor.example', 'Four', '', '', 'failed', 0, '2026-03-01 10:42:00', '2026-03-01 10:00:00');
INSERT INTO partnership_requests (id, provider_id, requested_by, requested_by_name, requested_by_email, to_email, subject, body, token_hash, state, created_at, expires_at, version) VALUES
    ('q', 'p', 'a', 'Ann Lee', 'ann@harbor.example', 'bo@brightwater.example', 'Hello', 'Dear Bo', 'hash-q', 'accepted', '2026-02-02 10:42:00', '2026-03-02 10:42:00', 2);
INSERT INTO partnerships (id, provider_id, reseller_id, location_id, request_id, reseller_sort_name, state, accepted_by_name, since) VALUES
    ('t', 'p', 'r', 's', 'q', 'brightwater', 'active', 'Bo Ek', '2026-02-03 10:42:00');
INSERT INTO customers (id, provider_id, company_name, sort_name, domain, search_text, country, address_line1, address_line2, city, state, postal_code, first_name, middle_name, last_name, email, phone, registration_id, culture, qualification, agreement, agreement_first_name, agreement_last_name, agreement_email, agreement_phone, agreement_on, created_at, version) VALUES
    ('c', 'p', 'Wörner', 'wörner', 'woerner', 'wörner woerner', 'DE', 'Hafen 1', '', 'Hamburg', '', '20457', 'Wim', '', 'Wörner', 'wim@woerner.example', '', '', 'de-DE', 'none', 'accepted', 'Wim', 'Wörner', 'wim@woerner.example', '', '2026-03-01', '2026-03-01 10:42:00', 1);
INSERT INTO customer_users (id, customer_id, user_name, is_first_admin, password_hash, must_change_password, password_set_at, created_at) VALUES
    ('u', 'c', 'admin@woerner', TRUE, 'hash-u', TRUE, '2026-03-01 10:42:00', '2026-03-01 10:42:00');
INSERT INTO delegations (id, customer_id, reseller_id, provider_id, customer_sort_name, customer_domain, since) VALUES
    ('d', 'c', 'r', 'p', 'wörner', 'woerner', '2026-03-01 10:42:00');
INSERT INTO offers (id, name, sort_name, description, category, unit, minimum, maximum, limit_scope, limit_count, is_trial, is_add_on, billed_monthly, billed_annually, term_months, qualification, countries, is_available) VALUES
    ('o1', 'Mail', 'mail', '', 'enterprise', 'licenses', 1, 300, 'none', 0, FALSE, FALSE, TRUE, TRUE, 12, 'none', 'DE', TRUE),
    ('o2', 'Archive', 'archive', '', 'add-on', 'licenses', 1, 300, 'none', 0, FALSE, TRUE, TRUE, TRUE, 12, 'none', 'DE', FALSE);
INSERT INTO offer_prices (offer_id, currency, monthly_minor, annual_minor) VALUES ('o1', 'EUR', 420, 4800);
INSERT INTO offer_prerequisites (add_on_id, base_id) VALUES ('o2', 'o1');
INSERT INTO drafts (id, provider_id, made_by, made_by_name, account, mpn_id, state, created_at, updated_at, version) VALUES
    ('f1', 'p', 'a', 'Ann Lee', '{"domain":"woerner"}', '4810233', 'submitted', '2026-03-01 09:42:00', '2026-03-01 10:42:00', 3),
    ('f2', 'p', 'a', 'Ann Lee', '{"domain":"newleaf"}', '', 'open', '2026-03-01 09:42:00', '2026-03-01 10:42:00', 1);
INSERT INTO draft_lines (draft_id, offer_id, quantity, billing) VALUES ('f1', 'o1', 12, 'monthly'), ('f2', 'o1', 1, 'annual');
INSERT INTO order_numbers (year, last) VALUES (2026, 12);
INSERT INTO orders (id, number, provider_id, customer_id, draft_id, placed_by_name, currency, monthly_minor, annual_minor, created_customer, placed_at) VALUES
    ('r1', 'TT-2026-000012', 'p', 'c', 'f1', 'Ann Lee', 'EUR', 5040, 0, TRUE, '2026-03-01 10:42:00');
INSERT INTO subscriptions (id, customer_id, provider_id, order_id, offer_id, offer_name, nickname, sort_name, unit, quantity, status, billing, currency, unit_price_minor, is_trial, mpn_id, support_organisation_id, created_at, starts_on, renews_on, version) VALUES
    ('n', 'c', 'p', 'r1', 'o1', 'Mail', 'Mail for all', 'mail for all', 'licenses', 12, 'active', 'monthly', 'EUR', 420, FALSE, '4810233', 'p', '2026-03-01 10:42:00', '2026-03-01', '2027-03-01', 1);
INSERT INTO order_lines (order_id, position, subscription_id, offer_id, offer_name, unit, quantity, billing, unit_price_minor, mpn_id) VALUES
    ('r1', 1, 'n', 'o1', 'Mail', 'licenses', 12, 'monthly', 420, '4810233');
