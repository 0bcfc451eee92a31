//! Reservations as files, and what can be reserved.

use super::form::ListFilter;
use super::model::product::Product;
use super::model::{Reservation, TERMS};
use super::store::list;
use super::store::products;
use crate::access::permission::{
    ExportCustomers, ExportLists, ExportOwnSubscriptions, SeeCatalog, SeeOwnSubscriptions, SeeReservations,
};
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::reservations as at;
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: all },
    Kind { route: at::export_of_customer::ROUTE, sheet: of_customer },
    Kind { route: at::export_own::ROUTE, sheet: own },
    Kind { route: at::export_products::ROUTE, sheet: offered },
];

/// The columns; whoever reads the files relies on them.
const COLUMNS: [&str; 19] = [
    "Reservation ID",
    "Customer ID",
    "Customer",
    "Primary domain name",
    "Product",
    "Region",
    "Term in years",
    "Scope",
    "Quantity",
    "Payment",
    "Total",
    "Currency",
    "Reseller of record",
    "MPN ID",
    "Bought by",
    "Bought by the customer",
    "Starts",
    "Expires",
    "State",
];

fn all(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let reach = wish.allowed_by::<SeeReservations, ExportCustomers>()?.reach();
    let filter = wish.place.filter::<ListFilter>()?.tidy();
    let (selection, today) = (filter.selection(None, wish.now.day()), wish.now.day());
    let read = move |conn: &mut Connection, portion: &_| list::page_of(conn, &reach, &selection, portion);
    Ok(Sheet::new("reservations", &COLUMNS, read, move |row| Ok(cells(row, today))).narrowed(&filter))
}

fn of_customer(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let reach = wish.allowed_by::<SeeReservations, ExportCustomers>()?.reach();
    let customer = wish.place.id(CustomerId::parse)?;
    // Before the first byte is sent: afterwards nobody can be told that there is no such customer.
    let customer = customers::store::find(conn, &reach, &customer)?;
    let filter = wish.place.filter::<ListFilter>()?.tidy();
    let today = wish.now.day();
    let selection = filter.selection(Some(customer.id), today);
    let read = move |conn: &mut Connection, portion: &_| list::page_of(conn, &reach, &selection, portion);
    let sheet = Sheet::new("reservations", &COLUMNS, read, move |row| Ok(cells(row, today)));
    Ok(sheet.narrowed(&filter).of("customer", customer.account.company_name))
}

fn own(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let reach = wish.allowed_by::<SeeOwnSubscriptions, ExportOwnSubscriptions>()?.reach();
    let today = wish.now.day();
    let selection = ListFilter::default().selection(None, today);
    let read = move |conn: &mut Connection, portion: &_| list::page_of(conn, &reach, &selection, portion);
    Ok(Sheet::new("reservations", &COLUMNS, read, move |row| Ok(cells(row, today))))
}

fn cells(row: Reservation, today: chrono::NaiveDate) -> Vec<Cell> {
    let state = row.standing(&today);
    let (reseller, mpn_id) = row.record.map_or_else(Default::default, |of| (of.name, of.mpn_id));
    vec![
        Cell::text(row.id),
        Cell::text(row.customer.id),
        Cell::text(row.customer.company_name),
        Cell::text(row.customer.domain),
        Cell::text(row.product_name),
        Cell::text(row.region),
        Cell::number(row.years),
        Cell::text(row.scope.as_text()),
        Cell::number(row.quantity.get()),
        Cell::text(row.payment.as_text()),
        Cell::Amount(Some(row.total)),
        Cell::text(row.total.currency.code()),
        Cell::text(reseller),
        Cell::text(mpn_id),
        Cell::text(row.bought_by),
        Cell::text(if row.is_by_customer { "yes" } else { "no" }),
        Cell::Day(Some(row.starts_on)),
        Cell::Day(Some(row.expires_on)),
        Cell::text(state.as_text()),
    ]
}

/// The columns of what can be reserved, but for its prices.
const OFFERED: [&str; 4] = ["Product ID", "Name", "Region", "Status"];

fn offered(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let _ = wish.allowed_by::<SeeCatalog, ExportLists>()?;
    let prices = Currency::ALL.iter().flat_map(|currency| {
        TERMS.map(|years| format!("{currency} {years} year{}", if years == 1 { "" } else { "s" }))
    });
    let heads: Vec<String> = OFFERED.iter().map(|head| (*head).to_owned()).chain(prices).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    Ok(Sheet::new("reservation-products", &heads, products::page_of, |row| Ok(product(row))))
}

fn product(row: Product) -> Vec<Cell> {
    let status = if row.is_available { "available" } else { "withdrawn" };
    let facts =
        [Cell::text(row.id), Cell::text(&row.said.name), Cell::text(&row.said.region), Cell::text(status)];
    let prices = Currency::ALL.into_iter().flat_map(|currency| {
        let said = &row.said;
        TERMS.map(|years| Cell::Amount(said.price(years, currency)))
    });
    facts.into_iter().chain(prices).collect()
}
