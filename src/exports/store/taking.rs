//! Taking a file that is there: by whoever asked for it, as long as they may have the list.

use diesel::prelude::*;

use super::row::find;
use crate::access::Allowed;
use crate::access::permission::SeeExports;
use crate::db::Connection;
use crate::db::schema::{export_pieces, exports};
use crate::error::{Error, Result};
use crate::exports::kinds;
use crate::exports::model::{Export, State};
use crate::values::id::ExportId;
use crate::values::moment::Moment;
use crate::web::Site;
use crate::web::export::{Place, Wish};

/// The file, counted as taken; none when there is none, or none any more.
///
/// # Errors
/// [`Error::NotFound`] for what somebody else asked for; [`Error::Forbidden`] for a list that the viewer may not have any
/// more; database errors.
pub fn take(
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
    if export.state_at(&now) != State::Ready {
        return Ok(None);
    }
    let kind = kinds::at(&export.route).ok_or(Error::NotFound)?;
    let place = Place::of(&export.route, &export.path, &export.query).ok_or(Error::NotFound)?;
    (kind.sheet)(conn, &Wish { by, site, place: &place, now })?;
    let ready = exports::table.filter(exports::id.eq(id)).filter(exports::state.eq(State::Ready));
    let met = diesel::update(ready).set(exports::downloads.eq(exports::downloads + 1_i64)).execute(conn)?;
    Ok((met == 1).then_some(export))
}

/// A piece of a file; none behind the last one.
///
/// # Errors
/// Database errors.
pub fn piece(conn: &mut Connection, id: &ExportId, number: i64) -> Result<Option<String>> {
    Ok(export_pieces::table.find((id, number)).select(export_pieces::body).first(conn).optional()?)
}
