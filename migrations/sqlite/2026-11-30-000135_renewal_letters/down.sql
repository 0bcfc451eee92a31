DROP TABLE renewal_letters;
