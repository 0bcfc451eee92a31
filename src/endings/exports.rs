//! Ended customers as a file.

use super::form::EndedFilter;
use super::store::list::{EndedRow, page_of};
use crate::access::permission::{ExportCustomers, SeeEndedCustomers};
use crate::db::Connection;
use crate::error::Result;
use crate::paths::endings as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: ended }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 7] = [
    "Microsoft ID",
    "Company name",
    "Primary domain name",
    "Country/region",
    "Ended",
    "Ended by",
    "Can be reinstated until",
];

fn ended(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeEndedCustomers, ExportCustomers>()?;
    let filter = wish.place.filter::<EndedFilter>()?.tidy();
    let (search, days) = (filter.search.clone(), wish.site.reinstate_days);
    let also_by = by.clone();
    let read = move |conn: &mut Connection, portion: &_| Ok(page_of(conn, &by, &search, portion)?.page);
    let all = move |conn: &mut Connection, portion: &_| Ok(page_of(conn, &also_by, "", portion)?.page);
    let sheet = Sheet::new("ended-customers", &COLUMNS, read, move |row| Ok(cells(row, days)));
    Ok(sheet.narrowed(&filter).looking_through(all))
}

fn cells(row: EndedRow, days: i64) -> Vec<Cell> {
    vec![
        Cell::text(row.customer.id),
        Cell::text(row.customer.company_name),
        Cell::text(row.customer.domain),
        Cell::text(row.customer.country.name()),
        Cell::Time(Some(row.ended_at)),
        Cell::text(row.by_name),
        Cell::Time(Some(row.ended_at.plus_days(days))),
    ]
}
