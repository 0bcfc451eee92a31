ALTER TABLE order_lines DROP COLUMN promotion_name;
DROP INDEX subscriptions_of_promotion;
ALTER TABLE subscriptions DROP COLUMN promotion_id;
DROP TABLE promotion_offers;
DROP TABLE promotions;
