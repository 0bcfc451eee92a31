//! The end of the work at a file: by itself, because somebody stops it, or because whoever began it may do so no more.

use diesel::prelude::*;

use super::row::{as_it_was, entry, find, read, written};
use crate::access::Allowed;
use crate::activity::{self, Action, Change};
use crate::batches::model::{Batch, KEPT_DAYS, LONG, State, Tally};
use crate::batches::trade::{Trade, Work};
use crate::customers::facts::company_name;
use crate::db::schema::batches;
use crate::db::{Connection, try_again};
use crate::error::{Error, Result};
use crate::mail::outbox;
use crate::values::id::{BatchId, LetterId};
use crate::values::moment::Moment;
use crate::web::Site;

/// Every row has had its turn. Whoever applied a long file reads it in a letter.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn finish<T: Trade>(conn: &mut Connection, of: &T, work: Work<'_>) -> Result<()> {
    let (batch, now) = (work.batch, work.now);
    settle(conn, batch, (State::Done, ""), now)?;
    of.record(conn, work.by, entry(Action::FinishUpload, batch).with(counts(batch)), now)?;
    if batch.rows > LONG {
        outbox::put(conn, &LetterId::new(), &of.letter(work)?, now)?;
    }
    Ok(())
}

/// Goes on to another state, if nobody else ended it meanwhile; the rows are kept for a while from then on.
///
/// # Errors
/// Database errors; when somebody did, after which it is tried again.
pub(super) fn settle(
    conn: &mut Connection,
    batch: &Batch,
    (state, by): (State, &str),
    now: Moment,
) -> Result<()> {
    let met = diesel::update(as_it_was(batch))
        .set((
            batches::state.eq(state),
            batches::reached.eq(0_i64),
            batches::settled_at.eq(now),
            batches::settled_by_name.eq(by),
            batches::expires_at.eq(if state == State::Discarded { now } else { now.plus_days(KEPT_DAYS) }),
        ))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// What was done beside the rows is over: the batch stands again as it did before.
///
/// # Errors
/// Database errors; when somebody ended it meanwhile, after which it is tried again.
pub fn rest(conn: &mut Connection, batch: &Batch, now: Moment) -> Result<()> {
    // Looking at it makes nothing live longer.
    let until = batch.settled_at.unwrap_or(now).plus_days(KEPT_DAYS);
    let met = diesel::update(as_it_was(batch))
        .set((batches::state.eq(batch.at_rest()), batches::reached.eq(0_i64), batches::expires_at.eq(until)))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Stops the work at a file that the page showed. What was done stays. Answers `false` when it had come to its end by then,
/// or something else is done by now.
///
/// # Errors
/// As for [`find`].
pub fn stop<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Keeps>,
    (id, shown): (&BatchId, Option<State>),
    now: Moment,
) -> Result<bool> {
    let (batch, of) = find::<T>(conn, by, id)?;
    if !batch.state.is_under_way() || shown != Some(batch.state) {
        return Ok(false);
    }
    end(conn, &batch, &by.name, now)?;
    of.record(conn, by, entry(Action::StopUpload, &batch).with(counts(&batch)), now)?;
    Ok(true)
}

/// Stops it without anybody's wish: whoever had it done may not do it any more, or the portal has failed too often.
///
/// # Errors
/// Database errors.
pub(super) fn stop_by_itself(conn: &mut Connection, batch: &Batch, now: Moment) -> Result<()> {
    if !batch.state.is_under_way() {
        return Ok(());
    }
    end(conn, batch, "", now)?;
    let mut entry = entry(Action::StopUpload, batch).with(counts(batch));
    if let Some(customer) = &batch.customer {
        entry = entry.for_customer(customer, &company_name(conn, customer)?);
    }
    activity::store::record_by_portal(conn, &batch.organisation, &entry, now)
}

/// The same as the job is given up that works at it.
///
/// # Errors
/// When the payload is no batch's; database errors.
pub fn give_up(conn: &mut Connection, payload: &str, _: &Site, now: Moment) -> Result<()> {
    let id: BatchId = serde_json::from_str(payload).map_err(|error| Error::Internal(error.into()))?;
    let batch = read(conn, &id)?;
    stop_by_itself(conn, &batch, now)
}

/// A file that nobody has read to its end is let go of, what was taken back stays so, and everything else ends where it
/// is.
fn end(conn: &mut Connection, batch: &Batch, by: &str, now: Moment) -> Result<()> {
    match batch.state {
        State::Reading if !by.is_empty() => settle(conn, batch, (State::Discarded, by), now),
        State::Reading | State::Working => settle(conn, batch, (State::Stopped, by), now),
        State::Returning if batch.tally.taken_back > 0 => settle(conn, batch, (State::Returned, by), now),
        // What was found by then is not all there is.
        State::Checking => {
            let unchecked = Tally { built_on: 0, ..batch.tally };
            diesel::update(as_it_was(batch)).set(batches::tally.eq(written(&unchecked)?)).execute(conn)?;
            rest(conn, batch, now)
        }
        _ => rest(conn, batch, now),
    }
}

fn counts(batch: &Batch) -> [Change; 4] {
    let tally = &batch.tally;
    [
        Change::set("rows_added", tally.added),
        Change::set("rows_changed", tally.altered),
        Change::set("rows_unchanged", tally.unchanged),
        Change::set("rows_refused", tally.failed),
    ]
}
