DROP INDEX subscriptions_supported_by_customer;
DROP INDEX subscriptions_named_by_customer;
DROP INDEX delegations_of_pair_by_customer;
DROP TABLE handover_customers;
DROP TABLE handovers;
