ALTER TABLE people DROP COLUMN mailbox_proved_at;
