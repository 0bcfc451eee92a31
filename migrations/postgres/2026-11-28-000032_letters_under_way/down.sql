DROP TABLE mail_standing;
DROP INDEX letters_held;
ALTER TABLE letters DROP COLUMN unconfirmed;
ALTER TABLE letters DROP COLUMN trouble;
ALTER TABLE letters DROP COLUMN lease;
ALTER TABLE letters DROP COLUMN by_hand;
UPDATE letters SET state = 'failed' WHERE state = 'withdrawn';
ALTER TABLE letters DROP CONSTRAINT letters_state_check;
ALTER TABLE letters ADD CONSTRAINT letters_state_check CHECK (state IN ('waiting', 'sent', 'failed'));
