UPDATE exports SET state = 'failed' WHERE state = 'stopped';
ALTER TABLE exports DROP CONSTRAINT exports_state_check;
ALTER TABLE exports ADD CONSTRAINT exports_state_check CHECK (state IN ('waiting', 'ready', 'refused', 'failed', 'expired'));
ALTER TABLE exports DROP COLUMN selection_id;
ALTER TABLE exports DROP COLUMN settled_by_name;
