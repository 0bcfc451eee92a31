-- A price holds from a day on, until the day before the next one, or before the offer is no longer sold in the currency.
-- What is suggested to be asked of customers stands beside it.
CREATE TABLE dated_prices (
    offer_id TEXT NOT NULL REFERENCES offers (id),
    currency TEXT NOT NULL,
    valid_from DATE NOT NULL,
    monthly_minor BIGINT NOT NULL CONSTRAINT offer_prices_monthly_minor_check CHECK (monthly_minor BETWEEN 0 AND 99999999999),
    annual_minor BIGINT NOT NULL CONSTRAINT offer_prices_annual_minor_check CHECK (annual_minor BETWEEN 0 AND 99999999999),
    retail_monthly_minor BIGINT CONSTRAINT offer_prices_retail_monthly_minor_check CHECK (retail_monthly_minor BETWEEN 0 AND 99999999999),
    retail_annual_minor BIGINT CONSTRAINT offer_prices_retail_annual_minor_check CHECK (retail_annual_minor BETWEEN 0 AND 99999999999),
    is_sold BOOLEAN NOT NULL DEFAULT TRUE,
    PRIMARY KEY (offer_id, currency, valid_from)
) WITHOUT ROWID;
INSERT INTO dated_prices (offer_id, currency, valid_from, monthly_minor, annual_minor)
SELECT offer_prices.offer_id, offer_prices.currency, date(offers.created_at), offer_prices.monthly_minor, offer_prices.annual_minor
FROM offer_prices JOIN offers ON offers.id = offer_prices.offer_id;
DROP TABLE offer_prices;
ALTER TABLE dated_prices RENAME TO offer_prices;
CREATE INDEX offer_prices_by_currency ON offer_prices (currency, offer_id, valid_from);
