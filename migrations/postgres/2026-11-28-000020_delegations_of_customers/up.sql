-- All that a customer's resellers may do and might do once: the other indexes know only what holds now.
CREATE INDEX delegations_of_customer ON delegations (customer_id, since, id);
