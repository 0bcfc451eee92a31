//! The catalogue of the demonstration, with invented prices in two currencies.

use super::data::{OfferLine, parts, word};
use super::random::id;
use super::rows::{OfferRow, PrerequisiteRow, PriceRow};
use crate::catalog::model::{Category, LimitScope, Qualification, Unit};
use crate::db::Connection;
use crate::error::Result;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::name::sort_name;

/// Every offer as its rows.
pub struct Catalogue {
    pub offers: Vec<Offer>,
}

/// An offer with what is needed to order it.
pub struct Offer {
    pub row: OfferRow,
    pub key: String,
    /// The monthly price in euro cents and dollar cents.
    monthly: (i64, i64),
    bases: Vec<OfferId>,
}

impl Catalogue {
    /// # Errors
    /// When a line names what is not there.
    pub fn of(lines: &[OfferLine]) -> anyhow::Result<Self> {
        let ids: Vec<(&str, OfferId)> =
            (0_u64..).zip(lines).map(|(n, line)| (line.key.as_str(), offer_id(n))).collect();
        let find = |key: &str| {
            let found = ids.iter().find(|(known, _)| *known == key).map(|(_, id)| id.clone());
            found.ok_or_else(|| anyhow::anyhow!("offers.csv names {key}, which is no offer"))
        };
        let offers: anyhow::Result<_> = lines.iter().map(|line| Offer::of(line, &find)).collect();
        // What is referred to stands first, because one statement may not hold all.
        let mut offers: Vec<Offer> = offers?;
        offers.sort_by_key(|offer| offer.row.converts_to.is_some());
        Ok(Self { offers })
    }

    pub fn insert(&self, conn: &mut Connection) -> Result<()> {
        let rows: Vec<_> = self.offers.iter().map(|offer| offer.row.clone()).collect();
        OfferRow::insert(conn, &rows)?;
        let price = |offer: &Offer, currency| PriceRow {
            offer_id: offer.row.id.clone(),
            currency,
            monthly_minor: offer.monthly_price(currency),
            annual_minor: offer.monthly_price(currency) * 12,
        };
        let prices: Vec<_> = [Currency::Eur, Currency::Usd]
            .into_iter()
            .flat_map(|currency| self.offers.iter().map(move |offer| price(offer, currency)))
            .collect();
        PriceRow::insert(conn, &prices)?;
        let pairs = self.offers.iter().flat_map(|offer| {
            let pair =
                |base: &OfferId| PrerequisiteRow { add_on_id: offer.row.id.clone(), base_id: base.clone() };
            offer.bases.iter().map(pair)
        });
        PrerequisiteRow::insert(conn, &pairs.collect::<Vec<_>>())
    }

    /// The add-ons that can be bought on top of an offer.
    pub fn add_ons_to(&self, base: &OfferId, country: &str) -> Vec<&Offer> {
        let fits = |offer: &&Offer| offer.bases.contains(base) && offer.is_sold_in(country);
        self.offers.iter().filter(fits).collect()
    }
}

impl Offer {
    fn of(line: &OfferLine, find: &dyn Fn(&str) -> anyhow::Result<OfferId>) -> anyhow::Result<Self> {
        let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        let row = OfferRow {
            id: find(&line.key)?,
            name: line.name.clone(),
            sort_name: sort_name(&line.name),
            description: line.description.clone(),
            category: word(&line.category, Category::from_text)?,
            unit: word(&line.unit, Unit::from_text)?,
            minimum: line.minimum,
            maximum: line.maximum,
            limit_scope: word(&line.limit_scope, LimitScope::from_text)?,
            limit_count: line.limit,
            is_trial: line.is_trial,
            is_add_on: line.is_add_on,
            billed_monthly: parts(&line.cycles).any(|cycle| cycle == "monthly"),
            billed_annually: parts(&line.cycles).any(|cycle| cycle == "annual"),
            term_months: line.term_months,
            qualification: word(&or_none(&line.qualification), Qualification::from_text)?,
            countries: line.countries.clone(),
            converts_to: parts(&line.converts_to).next().map(find).transpose()?,
            is_available: line.is_available,
        };
        let bases: anyhow::Result<_> = parts(&line.prerequisites).map(find).collect();
        let monthly = (line.monthly_eur_cents, line.monthly_usd_cents);
        Ok(Self { row, key: line.key.clone(), monthly, bases: bases? })
    }

    pub fn monthly_price(&self, currency: Currency) -> i64 {
        if currency == Currency::Usd { self.monthly.1 } else { self.monthly.0 }
    }

    pub fn is_sold_in(&self, country: &str) -> bool {
        self.row.is_available
            && (self.row.countries.is_empty() || parts(&self.row.countries).any(|code| code == country))
    }
}

fn offer_id(index: u64) -> OfferId {
    OfferId::from_number(id("offer", index))
}
