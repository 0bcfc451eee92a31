//! The job of a handover.

use std::time::Instant;

use futures_util::FutureExt as _;

use super::store::carrying::{self, Stand};
use crate::error::{Error, Result};
use crate::jobs::model::Progress;
use crate::jobs::{Kind, Outcome, Run};
use crate::values::id::HandoverId;

/// Changes who looks after many customers, one after another. It is put with the id of the handover.
pub const HAND_OVER: Kind = Kind::once("hand_customers_over", |run| work(run).boxed());

/// The jobs of this area.
pub const KINDS: &[Kind] = &[HAND_OVER];

async fn work(run: Run) -> Result<Outcome> {
    let (id, begun) = (run.payload::<HandoverId>()?, Instant::now());
    while !run.is_stopping() {
        let site = run.site.clone();
        let gone_by = i64::try_from(begun.elapsed().as_secs()).unwrap_or(i64::MAX);
        let now = run.now.plus_seconds(gone_by);
        let taken = run.write(move |conn| carrying::step(conn, &id, &site, now)).await;
        // What fails with one customer is not to hold up all others, as it would each time anew.
        let Stand { is_over, tally } = match taken {
            Err(error) if Run::is_lost(&error) => return Err(error),
            Err(Error::Internal(cause)) => {
                tracing::error!(handover = %id, error = ?cause, "a customer could not be handed over");
                let passed = run.write(move |conn| carrying::pass_over(conn, &id, now)).await?;
                passed.ok_or(Error::Internal(cause))?
            }
            taken => taken?,
        };
        run.tell(Progress { done: tally.settled(), total: Some(tally.total) });
        if is_over {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::Interrupted)
}
