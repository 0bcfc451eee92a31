-- The subscriptions that name a reseller, in the order of its list. They are within its reach, whoever administers the
-- customer.
CREATE INDEX subscriptions_of_earner ON subscriptions (mpn_reseller_id, sort_name, id) WHERE mpn_reseller_id IS NOT NULL;
