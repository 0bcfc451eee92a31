//! The list of offers, by name.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::prices::asked_on;
use super::rows::{OfferRow, whole};
use crate::access::Allowed;
use crate::access::permission::SeeCatalog;
use crate::catalog::model::definition::Kept;
use crate::catalog::model::{Category, Qualification, Unit};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::like::any_part;
use crate::db::schema::offers;
use crate::error::Result;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which offers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Any part of name or ID, folded.
    pub needle: String,
    pub category: Option<Category>,
    /// With a price in it.
    pub currency: Option<Currency>,
    /// Sold there.
    pub country: Option<Country>,
    pub is_available: Option<bool>,
    /// For these customers.
    pub segment: Option<Qualification>,
    pub is_usage: Option<bool>,
    /// By the whole name.
    pub publisher: Option<String>,
}

/// A portion of the offers, by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeCatalog>,
    (wanted, today): (&Wanted, NaiveDate),
    portion: &Portion,
) -> Result<Page<Kept>> {
    rows_of(conn, (wanted, today), portion)?.read(|rows| whole(conn, rows, today))
}

/// How many offers the list has.
///
/// # Errors
/// Database errors.
pub fn count(
    conn: &mut Connection,
    _by: &Allowed<SeeCatalog>,
    (wanted, today): (&Wanted, NaiveDate),
) -> Result<Count> {
    Ok(rows_of(conn, (wanted, today), &Portion::counted())?.counted())
}

/// Whether there is any offer at all.
///
/// # Errors
/// Database errors.
pub fn is_empty(conn: &mut Connection) -> Result<bool> {
    Ok(offers::table.select(offers::id).first::<OfferId>(conn).optional()?.is_none())
}

/// Who makes what is in the catalog, by name.
///
/// # Errors
/// Database errors.
pub fn publishers(conn: &mut Connection) -> Result<Vec<String>> {
    let named = offers::table.filter(offers::publisher.ne("")).select(offers::publisher);
    Ok(named.distinct().order(offers::publisher).load(conn)?)
}

fn rows_of(
    conn: &mut Connection,
    (wanted, today): (&Wanted, NaiveDate),
    portion: &Portion,
) -> Result<Page<OfferRow>> {
    let mut query = offers::table.into_boxed();
    if !wanted.needle.is_empty() {
        let pattern = any_part(&wanted.needle);
        let is_named = offers::sort_name.like(pattern.clone()).escape('\\');
        query = query.filter(is_named.or(offers::code.like(pattern).escape('\\')));
    }
    if let Some(category) = wanted.category {
        query = query.filter(offers::category.eq(category));
    }
    if let Some(currency) = wanted.currency {
        let priced: Vec<OfferId> = asked_on(conn, currency, today)?.into_keys().collect();
        query = query.filter(is_among(offers::id, priced));
    }
    if let Some(country) = wanted.country {
        // Codes are divided by semicolons, so two letters never span two of them.
        let is_named = offers::countries.like(format!("%{}%", country.code()));
        query = query.filter(offers::countries.eq("").or(is_named));
    }
    if let Some(is_available) = wanted.is_available {
        query = query.filter(offers::is_available.eq(is_available));
    }
    if let Some(segment) = wanted.segment {
        query = query.filter(offers::qualification.eq(segment));
    }
    query = match wanted.is_usage {
        Some(true) => query.filter(offers::unit.eq(Unit::Usage)),
        Some(false) => query.filter(offers::unit.ne(Unit::Usage)),
        None => query,
    };
    if let Some(publisher) = &wanted.publisher {
        query = query.filter(offers::publisher.eq(publisher.clone()));
    }
    keyset(conn, query, ascending(offers::sort_name, offers::id), portion)
}
