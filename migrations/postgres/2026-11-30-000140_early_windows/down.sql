ALTER TABLE offers DROP COLUMN cancellation_days;
ALTER TABLE offers DROP COLUMN reduction_days;
