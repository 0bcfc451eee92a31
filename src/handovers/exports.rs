//! Changes of many customers as files: which there were, and what came of one for each customer.

use super::form::ResultFilter;
use super::model::{Handover, Settled};
use super::store::{self, list};
use crate::access::permission::{ExportCustomers, HandCustomersOver};
use crate::db::Connection;
use crate::error::Result;
use crate::paths::handovers as at;
use crate::values::id::HandoverId;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: handovers },
    Kind { route: at::export_results::ROUTE, sheet: results },
];

/// The columns of each; whoever reads the files relies on them.
const OF_HANDOVERS: [&str; 12] = [
    "Change ID",
    "From",
    "To",
    "Planned for",
    "State",
    "Begun",
    "Begun by",
    "Ended",
    "Customers",
    "Done",
    "Unchanged",
    "Refused",
];
const OF_RESULTS: [&str; 5] = ["Customer ID", "Company name", "Primary domain name", "Result", "Why"];

fn handovers(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<HandCustomersOver, ExportCustomers>()?;
    let read = move |conn: &mut Connection, portion: &_| list::page_of(conn, &by, portion);
    Ok(Sheet::new("customer-changes", &OF_HANDOVERS, read, |row| Ok(handover(row))))
}

fn handover(handover: Handover) -> Vec<Cell> {
    let tally = handover.tally;
    vec![
        Cell::text(handover.id),
        Cell::text(handover.former_name().unwrap_or_default()),
        Cell::text(handover.reseller_name().unwrap_or_default()),
        Cell::Day(handover.begins_on),
        Cell::text(handover.state.as_text()),
        Cell::Time(Some(handover.begun_at)),
        Cell::text(&handover.begun_by.1),
        Cell::Time(handover.settled_at),
        Cell::number(tally.total),
        Cell::number(tally.done),
        Cell::number(tally.unchanged),
        Cell::number(tally.refused),
    ]
}

fn results(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<HandCustomersOver, ExportCustomers>()?;
    let handover = store::find(conn, &by, &wish.place.id(HandoverId::parse)?)?;
    let outcome = wish.place.filter::<ResultFilter>()?.outcome();
    let filter = ResultFilter { result: outcome.map(|one| one.as_text().to_owned()).unwrap_or_default() };
    let read = move |conn: &mut Connection, portion: &_| list::results_of(conn, &handover, outcome, portion);
    Ok(Sheet::new("results", &OF_RESULTS, read, |row| Ok(result(row))).narrowed(&filter))
}

fn result(settled: Settled) -> Vec<Cell> {
    vec![
        Cell::text(settled.customer.id),
        Cell::text(settled.customer.company_name),
        Cell::text(settled.customer.domain),
        Cell::text(settled.outcome.as_text()),
        Cell::text(settled.why),
    ]
}
