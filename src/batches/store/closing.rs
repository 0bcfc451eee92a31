//! The end of the work at a file: by itself, because somebody stops it, or because whoever began it may do so no more.

use diesel::prelude::*;

use super::row::{entry, find, record};
use crate::access::permission::ManageUsers;
use crate::access::{Allowed, Viewer};
use crate::activity::{Action, Change};
use crate::batches::letters::done::Done;
use crate::batches::model::{Batch, KEPT_DAYS, LONG, State};
use crate::customers::model::Customer;
use crate::db::schema::batches;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::values::id::{BatchId, LetterId};
use crate::values::moment::Moment;
use crate::web::Site;

/// Every row has had its turn. Whoever applied a long file reads it in a letter.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn finish(
    conn: &mut Connection,
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    site: &Site,
    now: Moment,
) -> Result<()> {
    settle(conn, batch, (State::Done, ""), now)?;
    let entry = entry(Action::FinishUpload, batch, customer).with(counts(batch));
    record(conn, by, customer, &entry, now)?;
    if batch.rows > LONG {
        let letter = Done { batch, by, customer, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
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
    let as_it_was = batches::table.filter(batches::id.eq(&batch.id)).filter(batches::state.eq(batch.state));
    let met = diesel::update(as_it_was)
        .set((
            batches::state.eq(state),
            batches::reached.eq(0_i64),
            batches::settled_at.eq(now),
            batches::settled_by_name.eq(by),
            batches::expires_at.eq(now.plus_days(KEPT_DAYS)),
        ))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Stops the work at a file. What was done stays. Answers `false` when it had come to its end by then.
///
/// # Errors
/// As for [`find`].
pub fn stop(conn: &mut Connection, by: &Allowed<ManageUsers>, id: &BatchId, now: Moment) -> Result<bool> {
    let (batch, customer) = find(conn, by, id)?;
    let Some(state) = stopped(batch.state) else { return Ok(false) };
    settle(conn, &batch, (state, &by.name), now)?;
    let entry = entry(Action::StopUpload, &batch, &customer).with(counts(&batch));
    record(conn, by, &customer, &entry, now)?;
    Ok(true)
}

/// Stops it since whoever began it may not do it any more.
///
/// # Errors
/// Database errors.
pub(super) fn stop_by_itself(conn: &mut Connection, batch: &Batch, now: Moment) -> Result<()> {
    match stopped(batch.state) {
        Some(state) => settle(conn, batch, (state, ""), now),
        None => Ok(()),
    }
}

/// Where work ends that is stopped: what is mailed, or taken back, was done before.
fn stopped(state: State) -> Option<State> {
    match state {
        State::Reading => Some(State::Discarded),
        State::Working => Some(State::Stopped),
        State::Mailing | State::Checking | State::Returning => Some(State::Done),
        State::Shown | State::Done | State::Stopped | State::Returned | State::Discarded => None,
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
