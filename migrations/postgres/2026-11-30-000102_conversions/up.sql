-- As which trial a paid subscription began: whoever had it once has had it, also after it was converted.
ALTER TABLE subscriptions ADD COLUMN trial_offer_id TEXT REFERENCES offers (id);
CREATE INDEX subscriptions_of_trial ON subscriptions (trial_offer_id) WHERE trial_offer_id IS NOT NULL;
