-- What a subscription of an offer can be upgraded to.
CREATE TABLE offer_upgrades (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    target_id TEXT NOT NULL REFERENCES offers (id),
    PRIMARY KEY (offer_id, target_id)
) WITHOUT ROWID;
CREATE INDEX offer_upgrades_of_target ON offer_upgrades (target_id, offer_id);
