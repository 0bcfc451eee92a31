//! What changed in a price list lately, and what is announced, day by day.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::prices::timelines;
use crate::access::Allowed;
use crate::access::permission::SeeCatalog;
use crate::catalog::model::code::OfferCode;
use crate::catalog::model::listed_change::ListedChange;
use crate::db::Connection;
use crate::db::row_values::Both;
use crate::db::schema::{offer_prices, offers};
use crate::error::Result;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::moment::days_after;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// So many days are looked back, and ahead.
pub const DAYS: u64 = 30;

/// Which changes.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub currency: Currency,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Window {
    /// What came in the last 30 days and comes in the next, or only one of both.
    pub fn around(today: NaiveDate, currency: Currency, coming: Option<bool>) -> Self {
        let back = today.checked_sub_days(chrono::Days::new(DAYS)).unwrap_or(today);
        let from = if coming == Some(true) { days_after(today, 1) } else { back };
        let to = if coming == Some(false) { today } else { days_after(today, DAYS) };
        Self { currency, from, to }
    }
}

/// A portion of the changes, the earliest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeCatalog>,
    window: Window,
    portion: &Portion,
) -> Result<Page<ListedChange>> {
    rows_of(conn, window, portion)?.read(|rows| with_prices(conn, window.currency, rows))
}

/// How many there are.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, _by: &Allowed<SeeCatalog>, window: Window) -> Result<Count> {
    Ok(rows_of(conn, window, &Portion::counted())?.counted())
}

fn rows_of(conn: &mut Connection, window: Window, portion: &Portion) -> Result<Page<ChangeRow>> {
    let query = offer_prices::table
        .inner_join(offers::table.on(offers::id.eq(offer_prices::offer_id)))
        .filter(offer_prices::currency.eq(window.currency))
        .filter(offer_prices::valid_from.ge(window.from))
        .filter(offer_prices::valid_from.le(window.to))
        .into_boxed::<Both>();
    keyset(conn, query, ascending(offer_prices::valid_from, offer_prices::offer_id), portion)
}

fn with_prices(conn: &mut Connection, currency: Currency, rows: Vec<ChangeRow>) -> Result<Vec<ListedChange>> {
    let ids: Vec<&OfferId> = rows.iter().map(|row| &row.offer).collect();
    let all = timelines(conn, &ids)?;
    let listed = |row: ChangeRow| {
        let timeline = all.get(&row.offer)?.get(&currency)?;
        let period = timeline.periods().find(|period| period.from == row.valid_from)?;
        let before = row.valid_from.pred_opt().and_then(|day| timeline.on(day));
        let billed = (row.billed_monthly, row.billed_annually);
        Some(ListedChange { offer: row.offer, code: row.code, name: row.name, billed, before, period })
    };
    Ok(rows.into_iter().filter_map(listed).collect())
}

/// A price with its offer.
#[derive(Queryable, Selectable)]
#[diesel(table_name = offer_prices)]
struct ChangeRow {
    #[diesel(select_expression = offer_prices::offer_id)]
    offer: OfferId,
    valid_from: NaiveDate,
    #[diesel(select_expression = offers::code)]
    code: OfferCode,
    #[diesel(select_expression = offers::name)]
    name: String,
    #[diesel(select_expression = offers::billed_monthly)]
    billed_monthly: bool,
    #[diesel(select_expression = offers::billed_annually)]
    billed_annually: bool,
}
