//! Files of transfers as rows. What an organisation is no side of does not exist for it.

pub mod answering;
pub mod asking;
pub mod candidates;
mod closing;
pub mod deciding;
pub mod expiring;
pub mod list;
mod moving;
mod partner;
pub mod ready;
pub mod recording;
pub mod reminding;
mod row;
pub mod starting;
pub mod withdrawing;

use diesel::prelude::*;

use super::model::{Kind, State, Transfer};
use crate::access::permission::{AnswerOwnTransfers, SeeTransfers};
use crate::access::{Allowed, Permission, Viewer};
use crate::db::Connection;
use crate::db::schema::transfers;
use crate::error::{Error, Result};
use crate::values::id::TransferId;
use crate::values::token::TokenHash;
use row::{Row, read};

/// A file for one of the partners in it; the new one sees it once it is shown to it.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<SeeTransfers>, id: &TransferId) -> Result<Transfer> {
    of_partner(conn, by, id)
}

/// The same for whoever may do more with it than see it.
fn of_partner(conn: &mut Connection, by: &Viewer, id: &TransferId) -> Result<Transfer> {
    let transfer = one(conn, id)?;
    let own = &by.organisation.id;
    let is_side = transfer.provider == *own
        || transfer.source.id == *own
        || (transfer.is_target(own) && transfer.is_shown);
    if is_side { Ok(transfer) } else { Err(Error::NotFound) }
}

/// One for whoever may do `P` with it.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find_for<P: Permission>(conn: &mut Connection, by: &Allowed<P>, id: &TransferId) -> Result<Transfer> {
    of_partner(conn, by, id)
}

/// A file about the viewer's own company.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find_own(
    conn: &mut Connection,
    by: &Allowed<AnswerOwnTransfers>,
    id: &TransferId,
) -> Result<Transfer> {
    let transfer = one(conn, id)?;
    let is_told = transfer.kind != Kind::Reseller || transfer.state == State::Done;
    if transfer.company == by.organisation.id && is_told { Ok(transfer) } else { Err(Error::NotFound) }
}

/// The file behind a mailed link, if there is one.
///
/// # Errors
/// Database errors.
pub fn by_token(conn: &mut Connection, token: &TokenHash) -> Result<Option<Transfer>> {
    let found: Option<Row> = transfers::table
        .filter(transfers::token_hash.eq(token))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(read(conn, found.into_iter().collect())?.pop())
}

fn one(conn: &mut Connection, id: &TransferId) -> Result<Transfer> {
    let row: Row = transfers::table.find(id).select(Row::as_select()).first(conn)?;
    read(conn, vec![row])?.pop().ok_or(Error::NotFound)
}
