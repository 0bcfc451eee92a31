-- Which resellers a provider lets be named on an offer, where somebody has decided about it.
CREATE TABLE offer_audiences (
    provider_id TEXT NOT NULL REFERENCES organisations (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    rule TEXT NOT NULL CONSTRAINT offer_audiences_rule_check CHECK (rule IN ('every', 'all_but', 'only')),
    changed_at TIMESTAMP NOT NULL,
    changed_by_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (provider_id, offer_id)
) WITHOUT ROWID;
CREATE INDEX offer_audiences_of_offer ON offer_audiences (offer_id);
-- Whom its rule lists.
CREATE TABLE listed_resellers (
    provider_id TEXT NOT NULL,
    offer_id TEXT NOT NULL,
    reseller_id TEXT NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (provider_id, offer_id, reseller_id),
    FOREIGN KEY (provider_id, offer_id) REFERENCES offer_audiences (provider_id, offer_id)
) WITHOUT ROWID;
CREATE INDEX listed_resellers_of_reseller ON listed_resellers (reseller_id, provider_id, offer_id);
