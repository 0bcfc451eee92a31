//! Having the portal go over the rows of a file once more, whose rows are done.

use diesel::prelude::*;

use super::row::{as_it_was, written};
use crate::access::Viewer;
use crate::batches::model::{Batch, State, Tally};
use crate::batches::trade::Trade;
use crate::db::schema::batches;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::values::id::JobId;
use crate::values::moment::Moment;

/// Puts a file under way again, from its first row on, in the name of whoever asked, together with the job that does it.
///
/// # Errors
/// Where somebody else was faster; database errors.
pub(super) fn set_under_way<T: Trade>(
    conn: &mut Connection,
    by: &Viewer,
    (batch, job): (&Batch, &JobId),
    (state, tally): (State, &Tally),
    now: Moment,
) -> Result<()> {
    let met = diesel::update(as_it_was(batch))
        .set((
            batches::state.eq(state),
            batches::reached.eq(0_i64),
            batches::tally.eq(written(tally)?),
            batches::expires_at.eq(None::<Moment>),
            batches::worker_id.eq(&by.person),
            batches::job_id.eq(job),
        ))
        .execute(conn)?;
    if met == 0 {
        return Err(try_again());
    }
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (job, &owner), (&T::WORK, &batch.id), (now, now))
}
