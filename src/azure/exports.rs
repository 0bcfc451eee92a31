//! Azure spending as a file.

use super::form::SpendingFilter;
use super::model::budget::Account;
use super::store::list::page_of;
use crate::access::permission::{ExportCustomers, SeeAzureSpending};
use crate::db::Connection;
use crate::error::Result;
use crate::paths::azure as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: spending }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 11] = [
    "Customer ID",
    "Customer",
    "Primary domain name",
    "Month",
    "So far",
    "Known up to",
    "Estimate for the month",
    "Monthly budget",
    "Share used in percent",
    "Budget state",
    "Currency",
];

fn spending(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeAzureSpending, ExportCustomers>()?;
    let filter = wish.place.filter::<SpendingFilter>()?.tidy();
    let selection = filter.selection(wish.now.day());
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, &selection, portion);
    Ok(Sheet::new("azure-spending", &COLUMNS, read, |row| Ok(cells(row))).narrowed(&filter))
}

fn cells(row: Account) -> Vec<Cell> {
    let Account { customer, spending, .. } = row;
    vec![
        Cell::text(customer.id),
        Cell::text(customer.company_name),
        Cell::text(customer.domain),
        Cell::text(spending.month.format("%Y-%m")),
        Cell::Amount(Some(spending.so_far())),
        Cell::Day(spending.last_day),
        Cell::Amount(spending.estimate()),
        Cell::Amount(spending.budget),
        Cell::number(spending.share().map(|share| share.to_string()).unwrap_or_default()),
        Cell::text(spending.standing().as_text()),
        Cell::text(spending.currency.code()),
    ]
}
