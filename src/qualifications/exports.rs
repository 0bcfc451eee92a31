//! Cases of special qualifications as a file.

use super::form::ListFilter;
use super::store::list::{Listed, page_of};
use crate::access::permission::DecideQualifications;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::qualifications as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: cases }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 12] = [
    "Case ID",
    "Customer ID",
    "Company name",
    "Country/region",
    "Website",
    "Indirect provider",
    "State",
    "Since",
    "Asked by",
    "Asked",
    "Decided by",
    "Reason",
];

fn cases(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<DecideQualifications>()?;
    let state = wish.place.filter::<ListFilter>()?.state();
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, state, portion);
    let sheet = Sheet::new("special-qualifications", &COLUMNS, read, |row| Ok(cells(row)));
    Ok(sheet.narrowed(&ListFilter { state: state.as_text().to_owned() }))
}

fn cells(Listed { review, customer, provider_name }: Listed) -> Vec<Cell> {
    vec![
        Cell::text(review.id),
        Cell::text(customer.id),
        Cell::text(customer.company_name),
        Cell::text(customer.country.name()),
        Cell::text(&review.website),
        Cell::text(provider_name),
        Cell::text(review.state.as_text()),
        Cell::Time(Some(review.since)),
        Cell::text(&review.asked_by_name),
        Cell::Time(Some(review.asked_at)),
        Cell::text(review.decided_by_name.as_deref().unwrap_or_default()),
        Cell::text(&review.reason),
    ]
}
