UPDATE offers SET limit_scope = 'concurrent' WHERE limit_scope = 'reseller';
ALTER TABLE offers DROP CONSTRAINT offers_limit_scope_check;
ALTER TABLE offers ADD CONSTRAINT offers_limit_scope_check CHECK (limit_scope IN ('none', 'concurrent', 'lifetime'));
