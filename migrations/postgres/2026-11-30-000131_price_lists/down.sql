CREATE TABLE lasting_prices (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    currency TEXT NOT NULL,
    monthly_minor BIGINT NOT NULL CONSTRAINT offer_prices_monthly_minor_check CHECK (monthly_minor BETWEEN 0 AND 99999999999),
    annual_minor BIGINT NOT NULL CONSTRAINT offer_prices_annual_minor_check CHECK (annual_minor BETWEEN 0 AND 99999999999),
    PRIMARY KEY (offer_id, currency)
);
INSERT INTO lasting_prices (offer_id, currency, monthly_minor, annual_minor)
SELECT offer_id, currency, monthly_minor, annual_minor FROM offer_prices
WHERE is_sold AND valid_from = (SELECT max(valid_from) FROM offer_prices AS others WHERE others.offer_id = offer_prices.offer_id AND others.currency = offer_prices.currency AND others.valid_from <= CURRENT_DATE);
DROP TABLE offer_prices;
ALTER TABLE lasting_prices RENAME TO offer_prices;
CREATE INDEX offer_prices_by_currency ON offer_prices (currency, offer_id);
