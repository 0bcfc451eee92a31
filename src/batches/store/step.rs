//! The work at a file, step by step, each a transaction of its own.

use super::{applying, closing, reading, returning, row};
use crate::access::{Allowed, Viewer};
use crate::batches::model::{Batch, PORTION, State};
use crate::batches::trade::{Trade, Work};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::gate;
use crate::values::id::BatchId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// How far it is after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub is_over: bool,
    pub done: i64,
    pub total: i64,
}

impl Stand {
    fn of(batch: &Batch) -> Self {
        Self { is_over: !batch.state.is_under_way(), done: batch.reached, total: batch.rows }
    }
}

/// Takes the next step of whatever is to be done with a file; `tokens` are for the links that it may mail.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn step<T: Trade>(
    conn: &mut Connection,
    (id, tokens): (&BatchId, &[Token]),
    (site, goes_carefully): (&Site, bool),
    now: Moment,
) -> Result<Stand> {
    let batch = match row::read(conn, id) {
        Ok(batch) if batch.state.is_under_way() => batch,
        Ok(batch) => return Ok(Stand::of(&batch)),
        // It was discarded, and is forgotten by now.
        Err(Error::NotFound) => return Ok(Stand { is_over: true, done: 0, total: 0 }),
        Err(error) => return Err(error),
    };
    match worker::<T>(conn, &batch)? {
        None => closing::stop_by_itself(conn, &batch, now)?,
        Some((by, of)) => {
            let work = Work { batch: &batch, by: &by, site, now };
            let most = if goes_carefully { 1 } else { PORTION };
            match batch.state {
                State::Reading => reading::read_some(conn, &of, work)?,
                State::Working => applying::apply_some(conn, &of, work, most)?,
                State::Mailing => of.mail_some(conn, work, tokens.get(..most).unwrap_or(tokens))?,
                State::Checking => returning::check_some(conn, &of, work, most)?,
                State::Returning => returning::take_back_some(conn, &of, work, most)?,
                State::Shown | State::Done | State::Stopped | State::Returned | State::Discarded => {}
            }
        }
    }
    Ok(Stand::of(&row::read(conn, id)?))
}

/// Leaves the next row aside, where the portal has failed at it; answers `false` where it was no row's turn.
///
/// # Errors
/// Database errors.
pub fn pass_over<T: Trade>(conn: &mut Connection, id: &BatchId) -> Result<bool> {
    let batch = row::read(conn, id)?;
    match batch.state {
        State::Reading => reading::pass_over::<T>(conn, &batch),
        State::Working => applying::pass_over::<T>(conn, &batch),
        State::Mailing => row::pass_over(conn, &batch),
        State::Checking | State::Returning => returning::pass_over(conn, &batch),
        State::Shown | State::Done | State::Stopped | State::Returned | State::Discarded => Ok(false),
    }
}

/// Whoever has it done, as they are now, with that of which the rows are; none once they may not.
fn worker<T: Trade>(conn: &mut Connection, batch: &Batch) -> Result<Option<(Viewer, T)>> {
    let Some(by) = gate::absent(conn, &batch.worker)? else { return Ok(None) };
    let may = match batch.state {
        State::Checking | State::Returning => Allowed::<T::Keeps>::check(&by).map(drop),
        _ => Allowed::<T::Sends>::check(&by).map(drop),
    };
    if may.is_err() || by.organisation.id != batch.organisation {
        return Ok(None);
    }
    match T::open(conn, &by, batch.customer) {
        Ok(of) => Ok(Some((by, of))),
        Err(Error::NotFound | Error::Undelegated(_) | Error::Ended(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
