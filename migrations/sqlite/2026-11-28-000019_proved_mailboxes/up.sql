-- When somebody came by a mailed link, and so reads the mailbox that the account names. Whoever was given a temporary
-- password has proved nothing yet.
ALTER TABLE people ADD COLUMN mailbox_proved_at TIMESTAMP;
UPDATE people SET mailbox_proved_at = created_at
    WHERE email IN (SELECT email FROM enrolments WHERE organisation_id IS NOT NULL);
