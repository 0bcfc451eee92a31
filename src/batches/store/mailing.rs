//! Having mailed what a kind of file has mailed once its rows are done.

use diesel::prelude::*;

use super::row::{as_it_was, entry, find, written};
use crate::access::Allowed;
use crate::activity::Action;
use crate::batches::model::{State, Tally};
use crate::batches::trade::Trade;
use crate::db::schema::batches;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
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
    let met = diesel::update(as_it_was(&batch))
        .set((
            batches::state.eq(State::Mailing),
            batches::reached.eq(0_i64),
            batches::tally.eq(written(&tally)?),
            batches::expires_at.eq(None::<Moment>),
            batches::worker_id.eq(&by.person),
            batches::job_id.eq(job),
        ))
        .execute(conn)?;
    if met == 0 {
        return Err(try_again());
    }
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (job, &owner), (&T::WORK, id), (now, now))?;
    of.record(conn, by, entry(action, &batch), now)?;
    Ok(true)
}
