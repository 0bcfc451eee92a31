//! The locations of an organisation as a file.

use super::model::location::FullLocation;
use super::store::places::page_of;
use crate::access::permission::ManageLocations;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::partners as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export_locations::ROUTE, sheet: locations }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 13] = [
    "Location ID",
    "Name",
    "MPN ID",
    "Head office",
    "Address line 1",
    "Address line 2",
    "City",
    "State",
    "Postal code",
    "Country/region",
    "Contact",
    "Email",
    "Phone number",
];

fn locations(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<ManageLocations>()?;
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, portion);
    Ok(Sheet::new("locations", &COLUMNS, read, |row| Ok(cells(row))))
}

fn cells(location: FullLocation) -> Vec<Cell> {
    let details = location.details;
    vec![
        Cell::text(location.id),
        Cell::text(details.name),
        Cell::text(location.mpn_id),
        Cell::text(if location.is_head_office { "yes" } else { "no" }),
        Cell::text(details.address.line_1),
        Cell::text(details.address.line_2),
        Cell::text(details.address.city),
        Cell::text(details.address.state),
        Cell::text(details.address.postal_code),
        Cell::text(location.country.name()),
        Cell::text(details.contact),
        Cell::text(details.email),
        Cell::text(details.phone),
    ]
}
