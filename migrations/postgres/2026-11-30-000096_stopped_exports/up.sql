-- A file in the making can be stopped; who did it is kept with it.
ALTER TABLE exports ADD COLUMN settled_by_name TEXT;
-- What was selected when the file was asked for, kept apart from what is selected later.
ALTER TABLE exports ADD COLUMN selection_id TEXT;
ALTER TABLE exports DROP CONSTRAINT exports_state_check;
ALTER TABLE exports ADD CONSTRAINT exports_state_check CHECK (state IN ('waiting', 'ready', 'refused', 'failed', 'stopped', 'expired'));
