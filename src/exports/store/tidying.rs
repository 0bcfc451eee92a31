//! Deleting files that are over, and forgetting that there was one long ago.

use diesel::prelude::*;

use super::making::clear;
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::Result;
use crate::exports::model::{GIVEN_UP_HOURS, LISTED_DAYS, State};
use crate::values::id::ExportId;
use crate::values::moment::Moment;

/// So many old ones are forgotten at once.
const STEP: i64 = 100;

/// Deletes one file that is over, or gives up what never became one, or forgets some that are long over; answers how many.
///
/// # Errors
/// Database errors.
pub fn tidy(conn: &mut Connection, now: Moment) -> Result<usize> {
    let over: Option<ExportId> = exports::table
        .filter(exports::state.eq(State::Ready))
        .filter(exports::expires_at.le(now))
        .select(exports::id)
        .first(conn)
        .optional()?;
    if let Some(id) = over {
        return close(conn, &id, (State::Ready, State::Expired));
    }
    let given_up: Option<ExportId> = exports::table
        .filter(exports::state.eq(State::Waiting))
        .filter(exports::asked_at.le(now.plus_seconds(-GIVEN_UP_HOURS * 3_600)))
        .select(exports::id)
        .first(conn)
        .optional()?;
    match given_up {
        Some(id) => close(conn, &id, (State::Waiting, State::Failed)),
        None => forget(conn, now),
    }
}

fn close(conn: &mut Connection, id: &ExportId, (from, to): (State, State)) -> Result<usize> {
    let as_it_was = exports::table.filter(exports::id.eq(id)).filter(exports::state.eq(from));
    let met = diesel::update(as_it_was).set(exports::state.eq(to)).execute(conn)?;
    clear(conn, id)?;
    Ok(met)
}

fn forget(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<ExportId> = exports::table
        .filter(exports::asked_at.le(now.plus_days(-LISTED_DAYS)))
        .filter(exports::state.ne_all([State::Waiting, State::Ready]))
        .select(exports::id)
        .limit(STEP)
        .load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(exports::table.filter(exports::id.eq_any(old))).execute(conn)?)
}
