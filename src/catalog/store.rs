//! Queries about offers.

use diesel::prelude::*;

use super::model::{Category, LimitScope, Offer, Price, Qualification, Unit};
use crate::db::Connection;
use crate::db::schema::{offer_prices, offers};
use crate::error::Result;
use crate::values::currency::Currency;
use crate::values::id::OfferId;

/// An offer as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = offers)]
struct Row {
    id: OfferId,
    name: String,
    description: String,
    category: Category,
    unit: Unit,
    minimum: i64,
    maximum: i64,
    limit_scope: LimitScope,
    limit_count: i32,
    is_trial: bool,
    is_add_on: bool,
    billed_monthly: bool,
    billed_annually: bool,
    term_months: i32,
    qualification: Qualification,
    countries: String,
    is_available: bool,
}

impl From<Row> for Offer {
    fn from(row: Row) -> Self {
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
            countries: row.countries.split(';').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            is_available: row.is_available,
        }
    }
}

/// The offer of this id, available or not. The catalogue is the installation's, so there is no reach.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &OfferId) -> Result<Offer> {
    Ok(offers::table.find(id).select(Row::as_select()).first(conn)?.into())
}

/// Every offer that has a price in a currency, by name, with that price.
///
/// # Errors
/// Database errors.
pub fn priced_in(conn: &mut Connection, currency: Currency) -> Result<Vec<(Offer, Price)>> {
    let rows: Vec<(Row, i64, i64)> = offers::table
        .inner_join(offer_prices::table)
        .filter(offer_prices::currency.eq(currency))
        .order((offers::sort_name, offers::id))
        .select((Row::as_select(), offer_prices::monthly_minor, offer_prices::annual_minor))
        .load(conn)?;
    let priced =
        |(row, monthly, annual): (Row, i64, i64)| (row.into(), Price::new(monthly, annual, currency));
    Ok(rows.into_iter().map(priced).collect())
}
