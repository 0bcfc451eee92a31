DROP INDEX subscriptions_of_trial;
ALTER TABLE subscriptions DROP COLUMN trial_offer_id;
