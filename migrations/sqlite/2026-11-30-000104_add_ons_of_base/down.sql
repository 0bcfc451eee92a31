DROP INDEX drafts_of_base;
ALTER TABLE drafts DROP COLUMN base_id;
