ALTER TABLE customers DROP COLUMN ended_at;
