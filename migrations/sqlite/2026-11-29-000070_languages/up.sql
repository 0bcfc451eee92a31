-- The language that somebody reads (BCP 47). A person who chose none reads what the browser asks for; letters to somebody
-- who has no account yet go in the language of the form or the letter that began it. Which languages there are only the
-- portal knows, so there is no CHECK.
ALTER TABLE people ADD COLUMN language TEXT;
ALTER TABLE enrolments ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE partnership_requests ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE agreement_requests ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
