DROP TABLE listed_resellers;
DROP TABLE offer_audiences;
