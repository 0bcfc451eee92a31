//! The list of offers, by name.

use diesel::prelude::*;

use super::rows::{OfferRow, whole};
use crate::access::Allowed;
use crate::access::permission::SeeCatalog;
use crate::catalog::model::Category;
use crate::catalog::model::definition::Kept;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::schema::{offer_prices, offers};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::web::Count;
use crate::web::pager::{Key, PAGE_SIZE, Page, Start, beyond};

/// Which offers are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any part of name or ID, folded.
    pub needle: String,
    pub category: Option<Category>,
    /// With a price in it.
    pub currency: Option<Currency>,
    /// Sold there.
    pub country: Option<Country>,
    pub is_available: Option<bool>,
}

/// So many offers are exported at once.
const CHUNK: usize = 500;

/// A page of offers by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeCatalog>,
    wanted: &Wanted,
    start: &Start,
) -> Result<Page<Kept>> {
    let rows = rows_of(conn, wanted, start, PAGE_SIZE + 1)?;
    let kept = whole(conn, rows)?;
    Ok(Page::new(kept, start, key_of))
}

/// How many offers the list has.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, _by: &Allowed<SeeCatalog>, wanted: &Wanted) -> Result<Count> {
    Ok(Count::of(rows_of(conn, wanted, &Start::First, Count::LOOKED_FOR)?.len()))
}

/// Whether there is any offer at all.
///
/// # Errors
/// Database errors.
pub fn is_empty(conn: &mut Connection) -> Result<bool> {
    Ok(offers::table.select(offers::id).first::<OfferId>(conn).optional()?.is_none())
}

/// So many offers after a place in the list, and the place after the last one if there may be more.
///
/// # Errors
/// Database errors.
pub fn chunk(
    conn: &mut Connection,
    _by: &Allowed<SeeCatalog>,
    wanted: &Wanted,
    start: &Start,
) -> Result<(Vec<Kept>, Option<Start>)> {
    let rows = rows_of(conn, wanted, start, CHUNK)?;
    let is_full = rows.len() == CHUNK;
    let kept = whole(conn, rows)?;
    let next = kept.last().filter(|_| is_full).map(|last| Start::After(key_of(last)));
    Ok((kept, next))
}

fn key_of(kept: &Kept) -> Key {
    Key::new(crate::values::name::sort_name(&kept.definition.name), &kept.id)
}

fn rows_of(conn: &mut Connection, wanted: &Wanted, start: &Start, limit: usize) -> Result<Vec<OfferRow>> {
    let (sort, id) = (offers::sort_name, offers::id);
    let mut query = offers::table
        .select(OfferRow::as_select())
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .into_boxed();
    if !wanted.needle.is_empty() {
        let pattern = any_part(&wanted.needle);
        let is_named = sort.like(pattern.clone()).escape('\\');
        query = query.filter(is_named.or(offers::code.like(pattern).escape('\\')));
    }
    if let Some(category) = wanted.category {
        query = query.filter(offers::category.eq(category));
    }
    if let Some(currency) = wanted.currency {
        let priced = offer_prices::table
            .filter(offer_prices::offer_id.eq(offers::id))
            .filter(offer_prices::currency.eq(currency));
        query = query.filter(diesel::dsl::exists(priced));
    }
    if let Some(country) = wanted.country {
        // Codes are divided by semicolons, so two letters never span two of them.
        let is_named = offers::countries.like(format!("%{}%", country.code()));
        query = query.filter(offers::countries.eq("").or(is_named));
    }
    if let Some(is_available) = wanted.is_available {
        query = query.filter(offers::is_available.eq(is_available));
    }
    query = query.filter(beyond(start, (sort, id)));
    query = match start.is_backwards() {
        true => query.order((sort.desc(), id.desc())),
        false => query.order((sort.asc(), id.asc())),
    };
    Ok(query.load(conn)?)
}
