-- What a provider wants to find on top when it orders.
CREATE TABLE pinned_offers (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    offer_id TEXT NOT NULL REFERENCES offers (id),
    pinned_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, offer_id)
) WITHOUT ROWID;
CREATE INDEX pinned_offers_of_offer ON pinned_offers (offer_id, organisation_id);
