-- When somebody was first asked for a second factor; from then on there are some days to set it up.
ALTER TABLE people ADD COLUMN second_factor_asked_at TIMESTAMP;
