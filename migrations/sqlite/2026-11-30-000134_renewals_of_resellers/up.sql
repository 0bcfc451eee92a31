-- The list of renewals of a reseller: all that names it, and what of it ends.
CREATE INDEX subscriptions_of_earner_by_term ON subscriptions (mpn_reseller_id, renews_on, id) WHERE mpn_reseller_id IS NOT NULL AND ended_on IS NULL AND parent_id IS NULL;
CREATE INDEX subscriptions_of_earner_lapsing ON subscriptions (mpn_reseller_id, renews_on, id) WHERE mpn_reseller_id IS NOT NULL AND NOT auto_renews AND ended_on IS NULL AND parent_id IS NULL;
