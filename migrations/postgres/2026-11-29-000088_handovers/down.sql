DROP TABLE handover_customers;
DROP TABLE handovers;
