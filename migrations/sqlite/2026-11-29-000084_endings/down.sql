DROP TABLE ended_delegations;
DROP TABLE endings;
