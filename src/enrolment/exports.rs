//! Enrolments as a file.

use super::form::ListFilter;
use super::model::Enrolment;
use super::store::list::page_of;
use crate::access::permission::DecideEnrolments;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::enrolment as at;
use crate::values::country::Country;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: enrolments }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 11] = [
    "Enrollment ID",
    "Company name",
    "Country/region",
    "Kind",
    "Person",
    "Email",
    "State",
    "Since",
    "Handed in",
    "Decided by",
    "Reason",
];

fn enrolments(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<DecideEnrolments>()?;
    let state = wish.place.filter::<ListFilter>()?.state();
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, state, portion);
    let sheet = Sheet::new("enrollments", &COLUMNS, read, |row| Ok(cells(row)));
    Ok(sheet.narrowed(&ListFilter { state: state.as_text().to_owned() }))
}

fn cells(row: Enrolment) -> Vec<Cell> {
    let country = Country::parse(&row.country).map(|country| country.name()).unwrap_or_default();
    vec![
        Cell::text(row.id),
        Cell::text(row.company_name),
        Cell::text(country),
        Cell::text(row.kind.as_text()),
        Cell::text(row.person_name),
        Cell::text(row.email),
        Cell::text(row.state.as_text()),
        Cell::Time(Some(row.state_since)),
        Cell::Time(row.handed_in_at),
        Cell::text(row.decided_by_name.unwrap_or_default()),
        Cell::text(row.refusal_reason),
    ]
}
