//! Files of customers that were sent, and the rows of one, as files again.

use super::store::OfCustomers;
use crate::access::permission::{ExportCustomers, SeeDrafts};
use crate::batches::exports::{sheet_of, sheet_of_rows};
use crate::batches::form::RowFilter;
use crate::batches::store::row;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::existing as at;
use crate::values::id::BatchId;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] =
    &[Kind { route: at::export::ROUTE, sheet: batches }, Kind { route: at::export_rows::ROUTE, sheet: rows }];

fn batches(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeDrafts, ExportCustomers>()?;
    Ok(sheet_of::<OfCustomers>(by, None))
}

fn rows(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    // Whoever may send a file may have its rows back.
    let by = wish.allowed::<SeeDrafts>()?;
    let id = wish.place.id(BatchId::parse)?;
    let found = row::find::<OfCustomers>(conn, &by, &id)?;
    let filter = wish.place.filter::<RowFilter>()?.tidy();
    Ok(sheet_of_rows("customers", found, filter, by.language.unwrap_or_default()))
}
