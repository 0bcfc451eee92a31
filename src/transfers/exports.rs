//! Transfers as files: those of a partner, and those about a company.

use super::form::ListFilter;
use super::model::{Outcome, Transfer};
use super::store::list::{self, Wanted};
use crate::access::permission::{AnswerOwnTransfers, ExportCustomers, ExportOwnSubscriptions, SeeTransfers};
use crate::db::Connection;
use crate::error::Result;
use crate::paths::transfers as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] =
    &[Kind { route: at::export::ROUTE, sheet: transfers }, Kind { route: at::export_own::ROUTE, sheet: own }];

/// The columns; whoever reads the files relies on them.
const COLUMNS: [&str; 15] = [
    "Transfer ID",
    "Company name",
    "From",
    "To",
    "Kind",
    "State",
    "Started",
    "Started by",
    "Open until",
    "Ended",
    "Subscriptions",
    "Moved",
    "Refused",
    "Failed",
    "Reason",
];

fn transfers(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeTransfers, ExportCustomers>()?;
    let filter = wish.place.filter::<ListFilter>()?.tidy();
    let wanted =
        Wanted { is_incoming: filter.is_incoming(), needle: filter.needle(), states: filter.states() };
    let read = move |conn: &mut Connection, portion: &_| list::page_of(conn, &by, &wanted, portion);
    Ok(Sheet::new("transfers", &COLUMNS, read, |row| Ok(cells(row))).narrowed(&filter))
}

fn own(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<AnswerOwnTransfers, ExportOwnSubscriptions>()?;
    let read = move |conn: &mut Connection, portion: &_| list::own_page_of(conn, &by, portion);
    Ok(Sheet::new("transfers", &COLUMNS, read, |row| Ok(cells(row))))
}

fn cells(transfer: Transfer) -> Vec<Cell> {
    let count = |outcome| Cell::number(transfer.count(outcome));
    vec![
        Cell::text(transfer.id),
        Cell::text(&transfer.company_name),
        Cell::text(&transfer.source.name),
        Cell::text(&transfer.target_name),
        Cell::text(transfer.kind.as_text()),
        Cell::text(transfer.state.as_text()),
        Cell::Time(Some(transfer.started_at)),
        Cell::text(&transfer.started_by.1),
        Cell::Day(Some(transfer.open_until)),
        Cell::Time(transfer.settled_at),
        Cell::number(transfer.items.len()),
        count(Outcome::Moved),
        count(Outcome::Refused),
        count(Outcome::Failed),
        Cell::text(&transfer.reason),
    ]
}
