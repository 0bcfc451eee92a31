DROP INDEX offers_by_publisher;
ALTER TABLE offers DROP COLUMN publisher;
