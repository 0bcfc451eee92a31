//! Offers as a file that Upload a file reads: all of them for the operator, what it could order for a provider.

use super::form::CatalogFilter;
use super::model::column::Column;
use super::model::definition::Kept;
use super::pages::list::Seller;
use super::store::listing;
use crate::access::permission::SeeCatalog;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::catalog as at;
use crate::values::moment::Moment;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: offers }];

fn offers(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeCatalog>()?;
    let filter = wish.place.filter::<CatalogFilter>()?.tidy();
    let (wanted, seller, today) = (filter.wanted(), Seller::of(&by), Moment::now().day());
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
        | Column::Price(..)
        | Column::Retail(..) => Cell::number(written),
        _ => Cell::text(written),
    }
}
