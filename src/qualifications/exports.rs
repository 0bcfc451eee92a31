//! Cases of special qualifications, and the validation codes of a provider, as files.

use super::form::ListFilter;
use super::model::Code;
use super::store::codes;
use super::store::list::{Listed, page_of};
use crate::access::permission::DecideQualifications;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::qualifications as at;
use crate::values::id::OrganisationId;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: cases },
    Kind { route: at::export_codes::ROUTE, sheet: validation_codes },
];

/// The columns of each; whoever reads the files relies on them.
const OF_CASES: [&str; 12] = [
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

const OF_CODES: [&str; 9] = [
    "Code ID",
    "Validation code",
    "State",
    "Used",
    "Number of customers",
    "Issued",
    "Issued by",
    "Closed",
    "Closed by",
];

fn cases(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<DecideQualifications>()?;
    let state = wish.place.filter::<ListFilter>()?.state();
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, state, portion);
    let sheet = Sheet::new("special-qualifications", &OF_CASES, read, |row| Ok(cells(row)));
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

fn validation_codes(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<DecideQualifications>()?;
    let id = wish.place.id(OrganisationId::parse)?;
    let provider = codes::provider(conn, &by, &id)?;
    let read = move |conn: &mut Connection, portion: &_| codes::page_of(conn, &by, &id, portion);
    let sheet = Sheet::new("validation-codes", &OF_CODES, read, |row| Ok(code_cells(row)));
    Ok(sheet.of("provider", provider.name))
}

fn code_cells(code: Code) -> Vec<Cell> {
    let state = code.state();
    let (closed_at, closed_by) = code.closed.unzip();
    vec![
        Cell::text(code.id),
        Cell::text(code.code),
        Cell::text(state.as_text()),
        Cell::number(code.used),
        Cell::number(code.maximum),
        Cell::Time(Some(code.issued_at)),
        Cell::text(code.issued_by_name),
        Cell::Time(closed_at),
        Cell::text(closed_by.unwrap_or_default()),
    ]
}
