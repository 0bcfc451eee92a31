DROP TABLE slowed_sign_ins;
DROP TABLE forgotten_passwords;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
ALTER TABLE sign_ins DROP COLUMN awaits_code;
ALTER TABLE sign_ins DROP COLUMN confirmed_at;
ALTER TABLE organisations DROP COLUMN requires_second_factor;
ALTER TABLE people DROP COLUMN signed_in_at;
ALTER TABLE people DROP COLUMN password_set_at;
