//! Orders and drafts as files.

use chrono::Datelike as _;

use super::draft::shown_name;
use super::draft::store::{self as drafts, DraftRow};
use super::model::{OrderRow, number};
use super::pages::history::OrderFilter;
use super::store::reading::{self, Wanted};
use crate::access::permission::{ExportCustomers, SeeCustomers, SeeDrafts};
use crate::customers;
use crate::customers::new_account::AccountForm;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::orders as at;
use crate::values::id::CustomerId;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: orders },
    Kind { route: at::export_of_customer::ROUTE, sheet: of_customer },
    Kind { route: at::export_drafts::ROUTE, sheet: drafts },
];

/// The columns of each; whoever reads the files relies on them.
const OF_ORDERS: [&str; 13] = [
    "Order ID",
    "Order number",
    "Customer ID",
    "Company name",
    "Indirect provider",
    "Placed by",
    "Placed",
    "Monthly",
    "Annual",
    "Currency",
    "State",
    "Upfront",
    "Placed by the customer",
];
const OF_DRAFTS: [&str; 6] =
    ["Draft ID", "Company name", "New customer", "Begun by", "Last change", "Subscriptions chosen"];

fn orders(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let filter: OrderFilter = wish.place.filter()?;
    let is_all = filter.search.trim().is_empty();
    let numbers = (!is_all).then(|| number::meant(&filter.search, wish.now.day().year()));
    Ok(found(wish, Wanted { customer: None, numbers })?.narrowed(&filter))
}

fn of_customer(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeCustomers, ExportCustomers>()?;
    let customer = wish.place.id(CustomerId::parse)?;
    let customer = customers::store::find(conn, &by.reach(), &customer)?;
    let sheet = found(wish, Wanted { customer: Some(customer.id), numbers: None })?;
    Ok(sheet.of("customer", customer.account.company_name))
}

fn found(wish: &Wish<'_>, wanted: Wanted) -> Result<Sheet> {
    let reach = wish.allowed_by::<SeeCustomers, ExportCustomers>()?.reach();
    let read = move |conn: &mut Connection, portion: &_| reading::page_of(conn, &reach, &wanted, portion);
    Ok(Sheet::new("orders", &OF_ORDERS, read, |row| Ok(order(row))))
}

fn order(row: OrderRow) -> Vec<Cell> {
    vec![
        Cell::text(row.id),
        Cell::text(row.number),
        Cell::text(row.customer),
        Cell::text(row.company_name),
        Cell::text(row.provider_name),
        Cell::text(row.placed_by_name),
        Cell::Time(Some(row.placed_at)),
        Cell::Amount(Some(row.totals.monthly)),
        Cell::Amount(Some(row.totals.annual)),
        Cell::text(row.totals.monthly.currency.code()),
        Cell::text(row.state.as_text()),
        Cell::Amount(Some(row.totals.upfront)),
        Cell::text(if row.is_by_customer { "yes" } else { "no" }),
    ]
}

fn drafts(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeDrafts, ExportCustomers>()?;
    let read = move |conn: &mut Connection, portion: &_| drafts::page_of(conn, &by, portion);
    Ok(Sheet::new("drafts", &OF_DRAFTS, read, |row| Ok(draft(row))))
}

fn draft(row: DraftRow) -> Vec<Cell> {
    let yes_or_no = |is: bool| Cell::text(if is { "yes" } else { "no" });
    let is_new = row.customer_name.is_none();
    let name = row.customer_name.unwrap_or_else(|| shown_name(&AccountForm::from_json(&row.account)));
    vec![
        Cell::text(row.id),
        Cell::text(name),
        yes_or_no(is_new),
        Cell::text(row.made_by_name),
        Cell::Time(Some(row.updated_at)),
        yes_or_no(row.has_lines),
    ]
}
