-- Whether a reseller has lost a customer since a moment.
CREATE INDEX delegations_ended_of_reseller ON delegations (reseller_id, ended_at) WHERE ended_at IS NOT NULL;
