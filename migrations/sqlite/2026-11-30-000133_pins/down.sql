DROP TABLE pinned_offers;
