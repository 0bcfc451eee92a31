ALTER TABLE orders DROP COLUMN company_name;
