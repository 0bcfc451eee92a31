//! The Security log as a file.

use super::EventKind;
use super::pages::Filter;
use super::store::{Seen, page_of};
use crate::access::permission::SeeSecurity;
use crate::db::Connection;
use crate::error::Result;
use crate::web::cell::Cell;
use crate::web::export::{Sheet, Wish};

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 8] =
    ["First", "Last", "Event", "Detail", "Person", "Organization", "Network address", "Times"];

/// # Errors
/// [`crate::error::Error::Forbidden`] for whoever may not see it.
pub fn events(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeSecurity>()?;
    let filter: Filter = wish.place.filter()?;
    let kind = EventKind::from_text(&filter.kind);
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, kind, portion);
    Ok(Sheet::new("security", &COLUMNS, read, |event| Ok(cells(event))).narrowed(&filter))
}

fn cells(event: Seen) -> Vec<Cell> {
    vec![
        Cell::Time(Some(event.first_at)),
        Cell::Time(Some(event.last_at)),
        Cell::text(event.kind.as_text()),
        Cell::text(event.detail),
        Cell::text(event.person),
        Cell::text(event.organisation),
        Cell::text(event.address),
        Cell::number(event.times),
    ]
}
