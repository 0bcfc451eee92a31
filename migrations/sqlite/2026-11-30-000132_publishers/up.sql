-- Who makes what an offer sells.
ALTER TABLE offers ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
CREATE INDEX offers_by_publisher ON offers (publisher, sort_name, id);
