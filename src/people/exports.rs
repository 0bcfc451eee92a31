//! The people of an organisation as a file.

use super::form::MemberFilter;
use super::model::Member;
use super::store::list::page_of;
use crate::access::Role;
use crate::access::permission::ManagePeople;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::people as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: people }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 7] = ["User ID", "Name", "Email", "Roles", "State", "Added", "Deactivated"];

fn people(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<ManagePeople>()?;
    let filter = wish.place.filter::<MemberFilter>()?.tidy();
    let wanted = filter.wanted();
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, &wanted, portion);
    Ok(Sheet::new("users", &COLUMNS, read, |row| Ok(cells(row))).narrowed(&filter))
}

fn cells(member: Member) -> Vec<Cell> {
    let roles: Vec<&str> = member.roles.iter().map(Role::as_text).collect();
    vec![
        Cell::text(member.id),
        Cell::text(member.name),
        Cell::text(member.email),
        Cell::text(roles.join(", ")),
        Cell::text(member.standing.as_text()),
        Cell::Time(Some(member.created_at)),
        Cell::Time(member.deactivated_at),
    ]
}
