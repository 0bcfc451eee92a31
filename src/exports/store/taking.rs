//! Taking a file that is there: by whoever asked for it, as long as they may have the list, and as long as nothing that
//! may stand in it has gone out of their organisation's reach.

use diesel::prelude::*;

use super::making::sheet_of;
use super::row::{find, read};
use crate::access::Allowed;
use crate::access::permission::{ExportLists, Permission, SeeExports};
use crate::customers::facts::has_lost_any;
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::{Error, Result};
use crate::exports::model::{Export, State};
use crate::values::id::ExportId;
use crate::values::moment::Moment;
use crate::web::Site;

/// The file; none when there is none, or none any more.
///
/// # Errors
/// [`Error::NotFound`] for what somebody else asked for; [`Error::Forbidden`] where the viewer may not have the list any
/// more; database errors.
pub fn offered(
    conn: &mut Connection,
    by: &Allowed<SeeExports>,
    id: &ExportId,
    site: &Site,
    now: Moment,
) -> Result<Option<Export>> {
    let export = find(conn, by, id)?;
    if !export.is_of(&by.person) {
        return Err(Error::NotFound);
    }
    if export.state_at(&now) != State::Ready || has_lost_any(conn, &by.reach(), export.asked_at)? {
        return Ok(None);
    }
    match sheet_of(conn, (by, &export), site, now)? {
        Some(_) => Ok(Some(export)),
        None => Err(Error::Forbidden(<ExportLists as Permission>::KEY)),
    }
}

/// Counts that it is taken. Answers `false` when it is over by now.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, id: &ExportId) -> Result<bool> {
    let ready = exports::table.filter(exports::id.eq(id)).filter(exports::state.eq(State::Ready));
    let met = diesel::update(ready).set(exports::downloads.eq(exports::downloads + 1_i64)).execute(conn)?;
    Ok(met == 1)
}

/// Whether a file is there, for a letter that says so.
///
/// # Errors
/// Database errors.
pub fn is_ready(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    let Some(id) = ExportId::parse(id) else { return Ok(false) };
    match read(conn, &id) {
        Ok(export) => Ok(export.state_at(&now) == State::Ready),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
