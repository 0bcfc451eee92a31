//! Giving up what nobody works at any more, deleting files that are over, and forgetting that there was one long ago.

use diesel::prelude::*;

use super::closing::{expire, fail};
use super::pieces::clear_some;
use crate::db::Connection;
use crate::db::schema::{export_pieces, exports};
use crate::error::Result;
use crate::exports::model::{LISTED_DAYS, State};
use crate::jobs;
use crate::values::id::{ExportId, JobId};
use crate::values::moment::Moment;
use crate::web::Site;

/// So many old ones are forgotten at once.
const STEP: i64 = 100;
/// Of those that are in the making, or there, nothing is deleted.
const LIVING: [State; 2] = [State::Waiting, State::Ready];

/// Closes what waits for a job that has come to its end without it, as when the portal died as it gave that up.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn give_up_stranded(conn: &mut Connection, site: &Site, now: Moment) -> Result<()> {
    let waiting: Vec<(ExportId, JobId)> = exports::table
        .filter(exports::state.eq(State::Waiting))
        .select((exports::id, exports::job_id))
        .load(conn)?;
    let jobs: Vec<JobId> = waiting.iter().map(|(_, job)| *job).collect();
    let ended = jobs::store::ended_among(conn, &jobs)?;
    let stranded = waiting.iter().filter(|(_, job)| ended.contains(job));
    stranded.into_iter().try_for_each(|(id, _)| fail(conn, id, site, now))
}

/// Does one small thing: closes a file that is over, or deletes some pieces of one that is closed, or forgets some that
/// are long over; answers how many.
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
        expire(conn, &id, now)?;
        return Ok(1);
    }
    let closed = exports::table.filter(exports::state.ne_all(LIVING)).select(exports::id);
    let full: Option<ExportId> = export_pieces::table
        .filter(export_pieces::export_id.eq_any(closed))
        .select(export_pieces::export_id)
        .first(conn)
        .optional()?;
    match full {
        Some(id) => clear_some(conn, &id),
        None => forget(conn, now),
    }
}

fn forget(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<ExportId> = exports::table
        .filter(exports::asked_at.le(now.plus_days(-LISTED_DAYS)))
        .filter(exports::state.ne_all(LIVING))
        .select(exports::id)
        .limit(STEP)
        .load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(exports::table.filter(exports::id.eq_any(old))).execute(conn)?)
}
