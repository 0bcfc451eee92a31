-- How long a term of a subscription is, and whether another one begins by itself when it is over.
ALTER TABLE subscriptions ADD COLUMN term_months INTEGER NOT NULL DEFAULT 12 CONSTRAINT subscriptions_term_months_check CHECK (term_months > 0);
UPDATE subscriptions SET term_months = (SELECT term_months FROM offers WHERE offers.id = subscriptions.offer_id);
UPDATE subscriptions SET term_months = 12 WHERE billing = 'annual' AND term_months < 12;
ALTER TABLE subscriptions ADD COLUMN auto_renews BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE subscriptions SET auto_renews = FALSE WHERE is_trial;
-- Since when a subscription is deleted, and why.
ALTER TABLE subscriptions ADD COLUMN ended_on DATE;
ALTER TABLE subscriptions ADD COLUMN end_reason TEXT;
UPDATE subscriptions SET ended_on = kept_until + 1, end_reason = 'data_deleted' WHERE status = 'deleted' AND kept_until IS NOT NULL;
UPDATE subscriptions SET ended_on = coalesce((SELECT cancelled_at::date FROM orders WHERE orders.id = subscriptions.order_id), created_at::date), end_reason = 'cancelled'
WHERE status = 'deleted' AND kept_until IS NULL;
-- What was over before the portal saw to it is no news to anybody.
UPDATE subscriptions SET status = 'deleted', ended_on = renews_on, end_reason = 'expired' WHERE is_trial AND status = 'active' AND renews_on < (now() AT TIME ZONE 'UTC')::date;
UPDATE subscriptions SET status = 'deleted', ended_on = kept_until + 1, end_reason = 'data_deleted' WHERE status = 'suspended' AND kept_until < (now() AT TIME ZONE 'UTC')::date;
-- Add-ons renew with their base, those of add-ons too.
UPDATE subscriptions SET renews_on = (SELECT base.renews_on FROM subscriptions base WHERE base.id = subscriptions.parent_id) WHERE parent_id IS NOT NULL;
UPDATE subscriptions SET renews_on = (SELECT base.renews_on FROM subscriptions base WHERE base.id = subscriptions.parent_id) WHERE parent_id IS NOT NULL;
-- What the calendar looks for: add-ons renew and end with their base.
CREATE INDEX subscriptions_by_term ON subscriptions (renews_on, id) WHERE ended_on IS NULL AND parent_id IS NULL;
CREATE INDEX subscriptions_by_deletion ON subscriptions (kept_until, id) WHERE ended_on IS NULL AND kept_until IS NOT NULL;
-- Trials are among them.
DROP INDEX subscriptions_trials_by_end;
CREATE INDEX subscriptions_lapsing ON subscriptions (renews_on, customer_id, status) WHERE NOT auto_renews;
-- The list of renewals of a provider: all, and those that end.
CREATE INDEX subscriptions_of_provider_by_term ON subscriptions (provider_id, renews_on, id) WHERE ended_on IS NULL AND parent_id IS NULL;
CREATE INDEX subscriptions_of_provider_lapsing ON subscriptions (provider_id, renews_on, id) WHERE NOT auto_renews AND ended_on IS NULL AND parent_id IS NULL;
