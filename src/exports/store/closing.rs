//! The end of a file, or of its making. Only its state changes here, and what was ticked for it is forgotten; its pieces
//! are deleted afterwards, some at a time (`tidying.rs`).

use diesel::prelude::*;

use super::row::{find, read};
use crate::access::Allowed;
use crate::access::permission::SeeExports;
use crate::activity::{self, Action, Entry};
use crate::customers::store::selection;
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::{Error, Result};
use crate::exports::letters::{ready, unmade};
use crate::exports::model::{Export, State};
use crate::gate;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::values::id::{ExportId, LetterId};
use crate::values::moment::Moment;
use crate::web::Site;

/// Stops the making of a file. Answers `false` when it had come to its end by then.
///
/// # Errors
/// [`Error::NotFound`] for what the viewer does not see; when a letter cannot be written; database errors.
pub fn stop(
    conn: &mut Connection,
    by: &Allowed<SeeExports>,
    id: &ExportId,
    site: &Site,
    now: Moment,
) -> Result<bool> {
    let export = find(conn, by, id)?;
    if export.state != State::Waiting || !close(conn, &export, (State::Stopped, Some(&by.name)), now)? {
        return Ok(false);
    }
    let entry = Entry::new(Action::StopExport, "export", id, &export.name);
    activity::store::record(conn, by, &entry, now)?;
    if !export.is_of(&by.person) {
        tell(conn, id, site, now)?;
    }
    Ok(true)
}

/// The list is not there any more for whoever asked for it, and nothing is made.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn refuse(conn: &mut Connection, id: &ExportId, site: &Site, now: Moment) -> Result<()> {
    end(conn, id, State::Refused, site, now)
}

/// The portal has failed at it too often.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn fail(conn: &mut Connection, id: &ExportId, site: &Site, now: Moment) -> Result<()> {
    end(conn, id, State::Failed, site, now)
}

/// The same as the job is given up that makes it.
///
/// # Errors
/// As for [`fail`]; when the job is another one's.
pub fn give_up(conn: &mut Connection, payload: &str, site: &Site, now: Moment) -> Result<()> {
    let id = serde_json::from_str(payload).map_err(|error| Error::Internal(error.into()))?;
    fail(conn, &id, site, now)
}

/// A file is over, if it was there. A letter that still says it is does not go out any more.
///
/// # Errors
/// Database errors.
pub fn expire(conn: &mut Connection, id: &ExportId, now: Moment) -> Result<()> {
    let export = read(conn, id)?;
    if export.state == State::Ready && close(conn, &export, (State::Expired, None), now)? {
        outbox::withdraw(conn, (&ready::KIND, id.as_str()))?;
    }
    Ok(())
}

fn end(conn: &mut Connection, id: &ExportId, state: State, site: &Site, now: Moment) -> Result<()> {
    let export = read(conn, id)?;
    if export.state == State::Waiting && close(conn, &export, (state, None), now)? {
        tell(conn, id, site, now)?;
    }
    Ok(())
}

/// Answers `false` when it has left its state by now.
fn close(
    conn: &mut Connection,
    export: &Export,
    (state, by): (State, Option<&str>),
    now: Moment,
) -> Result<bool> {
    let as_it_was = exports::table.filter(exports::id.eq(&export.id)).filter(exports::state.eq(export.state));
    let met = diesel::update(as_it_was)
        .set((exports::state.eq(state), exports::settled_at.eq(now), exports::settled_by_name.eq(by)))
        .execute(conn)?;
    if let (1, Some(selection)) = (met, &export.selection) {
        selection::forget(conn, selection)?;
    }
    Ok(met == 1)
}

/// Writes to whoever asked for it that nothing comes of it, unless they have left.
fn tell(conn: &mut Connection, id: &ExportId, site: &Site, now: Moment) -> Result<()> {
    let export = read(conn, id)?;
    let Some(by) = gate::absent(conn, &export.person.0)? else { return Ok(()) };
    let letter = unmade::Unmade { export: &export, by: &by, site }.letter()?;
    outbox::put(conn, &LetterId::new(), &letter, now)
}
