DROP INDEX delegations_of_customer;
