//! Queries about offers: what ordering needs stands here, what keeps them beneath.

pub mod import;
pub mod keeping;
pub mod listing;
mod rows;
pub mod uploads;

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Catalogue, Listed, Offer, Price, listed};
use crate::db::Connection;
use crate::db::schema::{offer_prerequisites, offer_prices, offers};
use crate::error::Result;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use rows::{OfferRow, PrerequisiteRow};

impl From<OfferRow> for Offer {
    fn from(row: OfferRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description,
            category: row.category,
            unit: row.unit,
            minimum: row.minimum,
            maximum: row.maximum,
            limit_scope: row.limit_scope,
            limit_count: row.limit_count,
            is_trial: row.is_trial,
            is_add_on: row.is_add_on,
            billed_monthly: row.billed_monthly,
            billed_annually: row.billed_annually,
            term_months: row.term_months,
            qualification: row.qualification,
            countries: listed(&row.countries),
            converts_to: row.converts_to,
            is_available: row.is_available,
        }
    }
}

/// The offer of this id, available or not. The catalogue is the installation's, so there is no reach.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &OfferId) -> Result<Offer> {
    Ok(offers::table.find(id).select(OfferRow::as_select()).first(conn)?.into())
}

/// Every offer by name, with its price in a currency, if it has one, and what it is an add-on of.
///
/// # Errors
/// Database errors.
pub fn catalogue(conn: &mut Connection, currency: Currency) -> Result<Catalogue> {
    let price = offer_prices::offer_id.eq(offers::id).and(offer_prices::currency.eq(currency));
    let rows: Vec<PricedRow> = offers::table
        .left_join(offer_prices::table.on(price))
        .order((offers::sort_name, offers::id))
        .select(PricedRow::as_select())
        .load(conn)?;
    let mut bases = bases(conn)?;
    let listed = |row: PricedRow| Listed {
        prerequisites: bases.remove(&row.offer.id).unwrap_or_default(),
        price: row.price(currency),
        offer: row.offer.into(),
    };
    Ok(Catalogue::new(rows.into_iter().map(listed).collect(), currency))
}

/// An offer with its price in one currency, where it has one.
#[derive(Queryable, Selectable)]
#[diesel(table_name = offers)]
struct PricedRow {
    #[diesel(embed)]
    offer: OfferRow,
    #[diesel(select_expression = offer_prices::monthly_minor.nullable())]
    monthly_minor: Option<i64>,
    #[diesel(select_expression = offer_prices::annual_minor.nullable())]
    annual_minor: Option<i64>,
}

impl PricedRow {
    fn price(&self, currency: Currency) -> Option<Price> {
        let (monthly, annual) = (self.monthly_minor?, self.annual_minor?);
        Some(Price::new(monthly, annual, currency))
    }
}

fn bases(conn: &mut Connection) -> Result<HashMap<OfferId, Vec<OfferId>>> {
    let rows: Vec<PrerequisiteRow> = offer_prerequisites::table
        .order((offer_prerequisites::add_on_id, offer_prerequisites::base_id))
        .select(PrerequisiteRow::as_select())
        .load(conn)?;
    let mut bases: HashMap<OfferId, Vec<OfferId>> = HashMap::new();
    for row in rows {
        bases.entry(row.add_on_id).or_default().push(row.base_id);
    }
    Ok(bases)
}
