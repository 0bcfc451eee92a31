ALTER TABLE people DROP COLUMN second_factor_asked_at;
