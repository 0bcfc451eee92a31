//! Making a file, step by step. Its pieces are told apart by their numbers, and whoever begins anew takes away what was
//! there: none is there twice, however often the work is interrupted.

use diesel::prelude::*;

use super::closing::refuse;
use super::pieces;
use super::row::read;
use crate::access::Viewer;
use crate::customers::facts::has_lost_any;
use crate::db::Connection;
use crate::db::schema::exports;
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
use crate::web::export::{Sheet, Wish};

/// What there is to do.
pub struct Task {
    pub export: Export,
    pub by: Viewer,
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
    let Some(by) = gate::absent(conn, &export.person.0)? else { return Ok(None) };
    match sheet_of(conn, (&by, &export), site, now) {
        Ok(sheet) => Ok(Some(Task { export, by, sheet })),
        // Another time it may be had.
        Err(error @ (Error::Unavailable(_) | Error::Busy(_) | Error::Internal(_))) => Err(error),
        Err(
            Error::NotFound
            | Error::Forbidden(_)
            | Error::SignInNeeded
            | Error::BadRequest(_)
            | Error::Ended(_)
            | Error::Undelegated(_)
            | Error::TooManyLetters { .. },
        ) => Ok(None),
    }
}

/// The list as somebody may have it now.
pub(super) fn sheet_of(
    conn: &mut Connection,
    (by, export): (&Viewer, &Export),
    site: &Site,
    now: Moment,
) -> Result<Sheet> {
    let kind = kinds::at(&export.route).ok_or(Error::NotFound)?;
    let place = export.wanted().ok_or(Error::NotFound)?;
    (kind.sheet)(conn, &Wish { by, site, place: &place, now })
}

/// Whether somebody still waits for it.
///
/// # Errors
/// Database errors.
pub fn is_wanted(conn: &mut Connection, id: &ExportId) -> Result<bool> {
    let state: State = exports::table.find(id).select(exports::state).first(conn)?;
    Ok(state == State::Waiting)
}

/// Keeps a piece. Answers `false` where nobody waits for it any more, and keeps nothing.
///
/// # Errors
/// Database errors.
pub fn keep(conn: &mut Connection, id: &ExportId, number: i64, written: &str) -> Result<bool> {
    let is_wanted = is_wanted(conn, id)?;
    if is_wanted {
        pieces::put(conn, id, number, written)?;
    }
    Ok(is_wanted)
}

/// The file is there: whoever asked for it is told, if they may still have it. Answers `false`, and nothing is there, when
/// something has gone out of their reach since the rows were read: the file may hold it.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub fn finish(
    conn: &mut Connection,
    id: &ExportId,
    site: &Site,
    (rows, bytes): (i64, i64),
    (read_at, now): (Moment, Moment),
) -> Result<bool> {
    let Some(Task { by, .. }) = task(conn, id, site, now)? else {
        refuse(conn, id, site, now)?;
        return Ok(true);
    };
    if has_lost_any(conn, &by.reach(), read_at)? {
        return Ok(false);
    }
    let until = now.plus_seconds(KEPT_HOURS * 3_600);
    let waiting = exports::table.filter(exports::id.eq(id)).filter(exports::state.eq(State::Waiting));
    let met = diesel::update(waiting)
        .set((
            exports::state.eq(State::Ready),
            exports::row_count.eq(rows),
            exports::byte_count.eq(bytes),
            exports::settled_at.eq(read_at),
            exports::expires_at.eq(until),
        ))
        .execute(conn)?;
    if met == 1 {
        let export = read(conn, id)?;
        let letter = Ready { export: &export, by: &by, until, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
    }
    Ok(true)
}
