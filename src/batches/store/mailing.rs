//! Having mailed what a kind of file has mailed once its rows are done.

use super::again::set_under_way;
use super::row::{entry, find};
use crate::access::Allowed;
use crate::activity::Action;
use crate::batches::model::{State, Tally};
use crate::batches::trade::Trade;
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::{BatchId, JobId};
use crate::values::moment::Moment;

/// Has mailed what this kind of file has mailed. Answers `false` where that cannot be done now.
///
/// # Errors
/// As for [`Trade::open`].
pub fn begin<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Sends>,
    (id, job): (&BatchId, &JobId),
    action: Action,
    now: Moment,
) -> Result<bool> {
    let (batch, _) = find::<T>(conn, by, id)?;
    let of = T::open(conn, by, batch.customer)?;
    if !batch.is_settled() || !batch.has_rows(&now) {
        return Ok(false);
    }
    let tally = Tally { unmailed: 0, ..batch.tally };
    set_under_way::<T>(conn, by, (&batch, job), (State::Mailing, &tally), now)?;
    of.record(conn, by, entry(action, &batch), now)?;
    Ok(true)
}
