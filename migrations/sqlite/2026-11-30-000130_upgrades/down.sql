DROP TABLE offer_upgrades;
