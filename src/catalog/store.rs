//! Queries about offers: what ordering needs stands here, what keeps them beneath.

pub mod import;
pub mod keeping;
pub mod listing;
pub mod pins;
pub mod price_changes;
pub mod prices;
mod rows;
pub mod uploads;

use std::collections::HashMap;

use chrono::NaiveDate;

use diesel::prelude::*;

use super::model::{Catalogue, Listed, Offer, listed};
use crate::db::Connection;
use crate::db::schema::{offer_prerequisites, offers};
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
            reduction: row.reduction_days,
            cancellation: row.cancellation_days,
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

/// Every offer by name, with what it costs in a currency on a day, if it is sold in it, and what it is an add-on of.
///
/// # Errors
/// Database errors.
pub fn catalogue(conn: &mut Connection, currency: Currency, day: NaiveDate) -> Result<Catalogue> {
    let rows: Vec<OfferRow> =
        offers::table.order((offers::sort_name, offers::id)).select(OfferRow::as_select()).load(conn)?;
    let asked = prices::asked_on(conn, currency, day)?;
    let mut bases = bases(conn)?;
    let listed = |row: OfferRow| Listed {
        prerequisites: bases.remove(&row.id).unwrap_or_default(),
        promoted: None,
        price: asked.get(&row.id).map(|asked| asked.list),
        offer: row.into(),
    };
    Ok(Catalogue::new(rows.into_iter().map(listed).collect(), currency))
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
