-- Each change of a quantity that somebody made at once, and until when it can be undone.
CREATE TABLE quantity_changes (
    id TEXT NOT NULL PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    old_quantity BIGINT NOT NULL CONSTRAINT quantity_changes_old_quantity_check CHECK (old_quantity BETWEEN 1 AND 9999999999),
    new_quantity BIGINT NOT NULL CONSTRAINT quantity_changes_new_quantity_check CHECK (new_quantity BETWEEN 1 AND 9999999999),
    dropped_plan BIGINT CONSTRAINT quantity_changes_dropped_plan_check CHECK (dropped_plan BETWEEN 1 AND 9999999999),
    unit_price_minor BIGINT NOT NULL CONSTRAINT quantity_changes_unit_price_minor_check CHECK (unit_price_minor BETWEEN 0 AND 99999999999),
    made_by_id TEXT NOT NULL REFERENCES people (id),
    made_by_name TEXT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    organisation_name TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    undo_until TIMESTAMP NOT NULL,
    undone_at TIMESTAMP,
    is_latest BOOLEAN NOT NULL
);
CREATE INDEX quantity_changes_of_subscription ON quantity_changes (subscription_id, is_latest, made_at);
CREATE INDEX quantity_changes_of_provider ON quantity_changes (provider_id, is_latest, undo_until, id);
CREATE INDEX quantity_changes_by_person ON quantity_changes (made_by_id);
CREATE INDEX quantity_changes_in_organisation ON quantity_changes (organisation_id);
-- How many there are to be when the next term begins.
ALTER TABLE subscriptions ADD COLUMN renewal_quantity BIGINT CONSTRAINT subscriptions_renewal_quantity_check CHECK (renewal_quantity BETWEEN 1 AND 9999999999);
