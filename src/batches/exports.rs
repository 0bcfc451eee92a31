//! Files that were sent, and the rows of one, as files again. The rows stand in the columns in which they came, with what
//! came of each beside them, so that the refused ones can be mended and sent again.

use askama::Template;

use super::form::RowFilter;
use super::model::{Batch, Row};
use super::of_users::OfUsers;
use super::store::{list, row};
use super::trade::{Keyed, STATUS, STATUS_KEY, Trade};
use crate::access::Allowed;
use crate::access::permission::{ExportCustomers, ManageUsers};
use crate::db::Connection;
use crate::error::Result;
use crate::language::{Language, filters};
use crate::paths::batches as at;
use crate::sheets::{Outcome, Verdict};
use crate::values::id::{BatchId, CustomerId};
use crate::web::Problems;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] =
    &[Kind { route: at::export::ROUTE, sheet: batches }, Kind { route: at::export_rows::ROUTE, sheet: rows }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 13] = [
    "Upload ID",
    "File",
    "SHA-256",
    "State",
    "Uploaded",
    "Uploaded by",
    "Applied",
    "Applied by",
    "Rows",
    "Added",
    "Changed",
    "Unchanged",
    "Refused",
];

fn batches(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<ManageUsers, ExportCustomers>()?;
    let id = wish.place.id(CustomerId::parse)?;
    let OfUsers { customer } = Trade::seen(conn, &by, Some(id))?;
    let sheet = sheet_of::<OfUsers>(by, Some(id));
    Ok(sheet.of("customer", customer.account.company_name))
}

/// The files of one kind that an organisation sent.
pub fn sheet_of<T: Trade>(by: Allowed<T::Keeps>, of: Option<CustomerId>) -> Sheet {
    let read = move |conn: &mut Connection, portion: &_| Ok(list::page_of::<T>(conn, &by, of, portion)?.1);
    Sheet::new("uploads", &COLUMNS, read, |batch| Ok(cells(batch)))
}

fn cells(batch: Batch) -> Vec<Cell> {
    let tally = batch.tally;
    vec![
        Cell::text(batch.id),
        Cell::text(batch.file_name),
        Cell::text(batch.file_hash),
        Cell::text(batch.state.as_text()),
        Cell::Time(Some(batch.uploaded_at)),
        Cell::text(batch.person.1),
        Cell::Time(batch.applied_at),
        Cell::text(batch.applied_by),
        Cell::number(batch.rows),
        Cell::number(tally.added),
        Cell::number(tally.altered),
        Cell::number(tally.unchanged),
        Cell::number(tally.failed),
    ]
}

fn rows(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    // Whoever may send a file may have its rows back.
    let by = wish.allowed::<ManageUsers>()?;
    let id = wish.place.id(BatchId::parse)?;
    let (batch, of) = row::find::<OfUsers>(conn, &by, &id)?;
    let company = of.customer.account.company_name.clone();
    let filter = wish.place.filter::<RowFilter>()?.tidy();
    let sheet = sheet_of_rows("users", (batch, of), filter, by.language.unwrap_or_default());
    Ok(sheet.of("customer", company))
}

/// The rows of a file in the columns in which they came, with what came of each beside them.
pub fn sheet_of_rows<T: Trade + Sync>(
    name: &'static str,
    (batch, of): (Batch, T),
    filter: RowFilter,
    language: Language,
) -> Sheet {
    let columns: Vec<T::Column> = batch.head.columns();
    let mut heads: Vec<String> = columns.iter().map(|column| head(*column)).collect();
    if !columns.iter().any(|column| column.key() == STATUS_KEY) {
        heads.push(STATUS.to_owned());
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let (id, wanted) = (batch.id, filter.clone());
    let read = move |conn: &mut Connection, portion: &_| list::rows_of(conn, &id, &wanted, portion);
    let celled = move |row: Row<T::Why>| {
        let problems = of.problems(&batch.head, (&row.texts, &row.why));
        Ok(row_cells(row, &columns, (&problems, batch.state.is_applied(), language)))
    };
    Sheet::new(name, &heads, read, celled).narrowed(&filter)
}

fn head<C: Keyed>(column: C) -> String {
    column.heads().into_iter().next().unwrap_or_default()
}

fn row_cells<C: Keyed, W>(
    row: Row<W>,
    columns: &[C],
    (problems, is_applied, language): (&Problems, bool, Language),
) -> Vec<Cell> {
    let status = Status { problems, verdict: row.verdict, outcome: row.outcome, is_applied };
    let status = language.write(&status).trim().to_owned();
    let is_status = |column: &C| column.key() == STATUS_KEY;
    let mut cells: Vec<Cell> = Vec::with_capacity(columns.len() + 1);
    for (column, text) in columns.iter().zip(row.texts) {
        cells.push(Cell::Text(if is_status(column) { status.clone() } else { text }));
    }
    if !columns.iter().any(is_status) {
        cells.push(Cell::Text(status));
    }
    cells
}

/// What came of a row, or would, in words.
#[derive(Template)]
#[template(path = "batches/status.txt")]
struct Status<'a> {
    problems: &'a Problems,
    verdict: Verdict,
    outcome: Outcome,
    is_applied: bool,
}
