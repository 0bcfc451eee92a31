//! Taking a file that is there: by whoever asked for it, as long as they may have the list, and as long as nothing that
//! may stand in it has gone out of their organisation's reach.

use diesel::prelude::*;

use super::closing::expire;
use super::making::sheet_of;
use super::row::{find, read};
use crate::access::Allowed;
use crate::access::permission::SeeExports;
use crate::customers::facts::has_lost_any;
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::{Error, Result};
use crate::exports::model::{Export, State};
use crate::values::id::ExportId;
use crate::values::moment::Moment;
use crate::web::Site;

/// The file; none when there is none, or none any more: one that is over, or that holds what has gone out of reach since
/// its rows were read, is closed. It is counted as taken, unless somebody only looks whether it is there.
///
/// # Errors
/// [`Error::NotFound`] for what somebody else asked for; what refuses the list to the viewer by now; database errors.
pub fn take(
    conn: &mut Connection,
    by: &Allowed<SeeExports>,
    (id, is_counted): (&ExportId, bool),
    site: &Site,
    now: Moment,
) -> Result<Option<Export>> {
    let export = find(conn, by, id)?;
    if !export.is_of(&by.person) {
        return Err(Error::NotFound);
    }
    if export.state != State::Ready {
        return Ok(None);
    }
    let read_at = export.settled_at.unwrap_or(export.asked_at);
    if export.state_at(&now) != State::Ready || has_lost_any(conn, &by.reach(), read_at)? {
        expire(conn, id, now)?;
        return Ok(None);
    }
    sheet_of(conn, (by, &export), site, now)?;
    if is_counted {
        let counted = exports::downloads.eq(exports::downloads + 1_i64);
        diesel::update(exports::table.find(id)).set(counted).execute(conn)?;
    }
    Ok(Some(export))
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
