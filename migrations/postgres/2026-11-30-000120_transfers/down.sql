DROP INDEX orders_of_transfer;
ALTER TABLE orders DROP COLUMN transfer_id;
DROP TABLE transfer_answers;
DROP TABLE transfer_items;
DROP TABLE transfers;
