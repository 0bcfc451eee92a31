ALTER TABLE subscriptions DROP COLUMN renewal_quantity;
DROP TABLE quantity_changes;
