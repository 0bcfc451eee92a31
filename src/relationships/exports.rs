//! Delegations that end soon as a file.

use super::pages::ending::SOON_DAYS;
use crate::access::permission::{AssociateResellers, ExportCustomers};
use crate::customers::store::delegations::{Ending, ending_until};
use crate::db::Connection;
use crate::error::Result;
use crate::paths::relationships as at;
use crate::values::moment::days_after;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export_ending::ROUTE, sheet: ending }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 6] =
    ["Customer ID", "Company name", "Indirect reseller", "Reseller ID", "Since", "Last day"];

fn ending(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<AssociateResellers, ExportCustomers>()?;
    let until = days_after(wish.now.day(), SOON_DAYS);
    let read =
        move |conn: &mut Connection, portion: &_| ending_until(conn, &by.organisation.id, until, portion);
    Ok(Sheet::new("delegations-ending", &COLUMNS, read, |row| Ok(cells(row))))
}

fn cells(row: Ending) -> Vec<Cell> {
    vec![
        Cell::text(row.customer),
        Cell::text(row.company_name),
        Cell::text(row.delegation.reseller_name),
        Cell::text(row.delegation.reseller),
        Cell::Time(Some(row.delegation.since)),
        Cell::Day(row.delegation.ends_on),
    ]
}
