-- For how many days after its term has begun a quantity can be reduced at once, and a subscription cancelled.
ALTER TABLE offers ADD COLUMN reduction_days INTEGER NOT NULL DEFAULT 9999 CONSTRAINT offers_reduction_days_check CHECK (reduction_days BETWEEN 0 AND 9999);
ALTER TABLE offers ADD COLUMN cancellation_days INTEGER NOT NULL DEFAULT 0 CONSTRAINT offers_cancellation_days_check CHECK (cancellation_days BETWEEN 0 AND 9999);
