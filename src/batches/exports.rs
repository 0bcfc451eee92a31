//! Files that were sent, and the rows of one, as files again. The rows stand in the columns in which they came, with what
//! came of each beside them, so that the refused ones can be mended and sent again.

use askama::Template;

use super::form::RowFilter;
use super::model::{Batch, Row};
use super::store::{list, row};
use crate::access::permission::{ExportCustomers, ManageUsers};
use crate::db::Connection;
use crate::error::Result;
use crate::language::{Language, filters};
use crate::paths::batches as at;
use crate::sheets::{Outcome, Verdict};
use crate::users::model::upload::Column;
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
    let customer = crate::users::store::looked_after(conn, &by.reach(), &id)?;
    let read = move |conn: &mut Connection, portion: &_| Ok(list::page_of(conn, &by, &id, portion)?.page);
    let sheet = Sheet::new("uploads", &COLUMNS, read, |batch| Ok(cells(batch)));
    Ok(sheet.of("customer", customer.account.company_name))
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
    let (batch, customer) = row::find(conn, &by, &id)?;
    let filter = wish.place.filter::<RowFilter>()?.tidy();
    let (wanted, language) = (filter.clone(), by.language.unwrap_or_default());
    let (columns, domain, is_applied) =
        (batch.head.columns(), customer.account.domain.clone(), batch.state.is_applied());
    let mut heads: Vec<&str> = columns.iter().map(|column| column.head()).collect();
    if !columns.contains(&Column::Status) {
        heads.push(Column::Status.head());
    }
    let read = move |conn: &mut Connection, portion: &_| list::rows_of(conn, &id, &wanted, portion);
    let celled = move |row: Row| {
        let problems = row.problems(&columns, &domain);
        Ok(row_cells(row, &columns, (&problems, is_applied, language)))
    };
    let sheet = Sheet::new("users", &heads, read, celled).narrowed(&filter);
    Ok(sheet.of("customer", customer.account.company_name))
}

fn row_cells(
    row: Row,
    columns: &[Column],
    (problems, is_applied, language): (&Problems, bool, Language),
) -> Vec<Cell> {
    let status = Status { problems, verdict: row.verdict, outcome: row.outcome, is_applied };
    let status = language.write(&status).trim().to_owned();
    let mut cells: Vec<Cell> = Vec::with_capacity(columns.len() + 1);
    for (column, text) in columns.iter().zip(row.texts) {
        cells.push(Cell::Text(if *column == Column::Status { status.clone() } else { text }));
    }
    if !columns.contains(&Column::Status) {
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
