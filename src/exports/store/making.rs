//! Making a file, step by step. Its pieces are told apart by their numbers, and whoever begins anew takes away what was
//! there: none is there twice, however often the work is interrupted.

use diesel::prelude::*;

use super::row::read;
use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::{export_pieces, exports};
use crate::error::{Error, Result};
use crate::exports::kinds;
use crate::exports::letters::ready::Ready;
use crate::exports::model::{Export, KEPT_HOURS, State};
use crate::gate;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::values::id::{ExportId, LetterId};
use crate::values::moment::Moment;
use crate::web::Site;
use crate::web::export::{Place, Sheet, Wish};

/// What there is to do.
pub struct Task {
    pub export: Export,
    pub by: Viewer,
    pub place: Place,
    pub sheet: Sheet,
}

/// What is to be made, as whoever asked for it may have it now; none when it is made, or may not be had any more.
///
/// # Errors
/// Database errors.
pub fn task(conn: &mut Connection, id: &ExportId, site: &Site, now: Moment) -> Result<Option<Task>> {
    let export = read(conn, id)?;
    if export.state != State::Waiting {
        return Ok(None);
    }
    let found = sheet_of(conn, &export, site, now)?;
    Ok(found.map(|(by, place, sheet)| Task { export, by, place, sheet }))
}

/// The list as whoever asked for it may have it now.
fn sheet_of(
    conn: &mut Connection,
    export: &Export,
    site: &Site,
    now: Moment,
) -> Result<Option<(Viewer, Place, Sheet)>> {
    let Some(by) = gate::absent(conn, &export.person.0)? else { return Ok(None) };
    let Some(kind) = kinds::at(&export.route) else { return Ok(None) };
    let Some(place) = Place::of(&export.route, &export.path, &export.query) else { return Ok(None) };
    match (kind.sheet)(conn, &Wish { by: &by, site, place: &place, now }) {
        Ok(sheet) => Ok(Some((by, place, sheet))),
        Err(Error::Forbidden(_) | Error::NotFound | Error::BadRequest(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes away what an earlier try has left.
///
/// # Errors
/// Database errors.
pub fn clear(conn: &mut Connection, id: &ExportId) -> Result<()> {
    diesel::delete(export_pieces::table.filter(export_pieces::export_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Keeps a piece.
///
/// # Errors
/// Database errors.
pub fn keep(conn: &mut Connection, id: &ExportId, number: i64, body: &str) -> Result<()> {
    diesel::insert_into(export_pieces::table)
        .values((
            export_pieces::export_id.eq(id),
            export_pieces::number.eq(number),
            export_pieces::body.eq(body),
        ))
        .execute(conn)?;
    Ok(())
}

/// The file is there: whoever asked for it is told, if they may still have it.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub fn finish(
    conn: &mut Connection,
    id: &ExportId,
    site: &Site,
    (rows, bytes): (i64, i64),
    now: Moment,
) -> Result<()> {
    let Some(Task { by, .. }) = task(conn, id, site, now)? else { return refuse(conn, id, now) };
    let until = now.plus_seconds(KEPT_HOURS * 3_600);
    let waiting = exports::table.filter(exports::id.eq(id)).filter(exports::state.eq(State::Waiting));
    let met = diesel::update(waiting)
        .set((
            exports::state.eq(State::Ready),
            exports::row_count.eq(rows),
            exports::byte_count.eq(bytes),
            exports::settled_at.eq(now),
            exports::expires_at.eq(until),
        ))
        .execute(conn)?;
    if met == 1 {
        let export = read(conn, id)?;
        let letter = Ready { export: &export, by: &by, until, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
    }
    Ok(())
}

/// Whoever asked for it may not have it any more, and there is no file.
///
/// # Errors
/// Database errors.
pub fn refuse(conn: &mut Connection, id: &ExportId, now: Moment) -> Result<()> {
    let waiting = exports::table.filter(exports::id.eq(id)).filter(exports::state.eq(State::Waiting));
    let met = diesel::update(waiting)
        .set((exports::state.eq(State::Refused), exports::settled_at.eq(now)))
        .execute(conn)?;
    if met == 1 { clear(conn, id) } else { Ok(()) }
}
