DROP TABLE usage_files;
DROP TABLE azure_alerts;
DROP TABLE azure_accounts;
DROP TABLE usage_months;
DROP TABLE usage_days;
DROP TABLE usage_rows;
