-- How many subscriptions of an offer a customer can have with each reseller, such as one Azure plan.
ALTER TABLE offers DROP CONSTRAINT offers_limit_scope_check;
ALTER TABLE offers ADD CONSTRAINT offers_limit_scope_check CHECK (limit_scope IN ('none', 'concurrent', 'lifetime', 'reseller'));
