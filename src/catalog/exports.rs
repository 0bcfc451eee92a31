//! Offers as a file that Upload a file reads: all of them for the operator, what it could order for a provider.

use super::form::{CatalogFilter, ChangesFilter};
use super::model::column::Column;
use super::model::definition::Kept;
use super::model::listed_change::ListedChange;
use super::model::timeline::Asked;
use super::pages::list::Seller;
use super::store::{listing, price_changes};
use crate::access::permission::SeeCatalog;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::catalog as at;
use crate::values::currency::Currency;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: offers },
    Kind { route: at::export_changes::ROUTE, sheet: changes },
];

/// The columns of price changes; whoever reads the files relies on them.
const CHANGES: [&str; 13] = [
    "Change",
    "Valid from",
    "Valid to",
    "Offer",
    "Offer ID",
    "Currency",
    "Monthly before",
    "Annual before",
    "Monthly",
    "Annual",
    "Retail monthly",
    "Retail annual",
    "Sold",
];

fn offers(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeCatalog>()?;
    let filter = wish.place.filter::<CatalogFilter>()?.tidy();
    let (wanted, seller, today) = (filter.wanted(), Seller::of(&by), wish.now.day());
    // A provider gets its own currency.
    let is_told = |column: &Column| match (column, seller) {
        (Column::Price(currency, _) | Column::Retail(currency, _), Some(seller)) => {
            *currency == seller.currency
        }
        _ => true,
    };
    let columns: Vec<Column> = Column::all().filter(is_told).collect();
    let heads: Vec<String> = columns.iter().map(|column| column.head()).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let read =
        move |conn: &mut Connection, portion: &_| listing::page_of(conn, &by, (&wanted, today), portion);
    Ok(Sheet::new("catalog", &heads, read, move |kept: Kept| Ok(cells(&columns, &kept))).narrowed(&filter))
}

fn changes(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeCatalog>()?;
    let filter = wish.place.filter::<ChangesFilter>()?.tidy();
    let window = filter.window(by.viewer(), wish.now.day());
    let currency = window.currency;
    let read = move |conn: &mut Connection, portion: &_| price_changes::page_of(conn, &by, window, portion);
    let row = move |change: ListedChange| Ok(changed(&change, currency));
    Ok(Sheet::new("price-changes", &CHANGES, read, row).narrowed(&filter))
}

fn changed(change: &ListedChange, currency: Currency) -> Vec<Cell> {
    let (billed_monthly, billed_annually) = change.billed;
    let list = |asked: Option<Asked>| {
        let monthly = asked.map(|asked| asked.list.monthly).filter(|_| billed_monthly || !billed_annually);
        [monthly, asked.map(|asked| asked.list.annual).filter(|_| billed_annually)].map(Cell::Amount)
    };
    let now = change.period.asked;
    let retail = now.map(|asked| asked.retail).unwrap_or_default();
    let facts = [
        Cell::text(change.flag().as_text()),
        Cell::Day(Some(change.period.from)),
        Cell::Day(change.period.to),
        Cell::text(&change.name),
        Cell::text(&change.code),
        Cell::text(currency.code()),
    ];
    let sold = Cell::text(if now.is_some() { "yes" } else { "no" });
    let rest = [Cell::Amount(retail.monthly), Cell::Amount(retail.annual), sold];
    facts.into_iter().chain(list(change.before)).chain(list(now)).chain(rest).collect()
}

fn cells(columns: &[Column], kept: &Kept) -> Vec<Cell> {
    let cells = kept.definition.cells();
    columns.iter().map(|column| cell(*column, cells.get(*column))).collect()
}

fn cell(column: Column, written: &str) -> Cell {
    match column {
        Column::Minimum
        | Column::Maximum
        | Column::LimitCount
        | Column::TermMonths
        | Column::Reduction
        | Column::Cancellation
        | Column::Price(..)
        | Column::Retail(..) => Cell::number(written),
        _ => Cell::text(written),
    }
}
