//! The work at files that were sent.

use std::time::Instant;

use futures_util::FutureExt as _;

use super::model::PORTION;
use super::of_users::OfUsers;
use super::store::{closing, step, tidying};
use super::trade::Trade;
use crate::error::{Error, Result};
use crate::jobs::model::Progress;
use crate::jobs::{Kind, Outcome, Run};
use crate::values::id::BatchId;
use crate::values::token::Token;

/// The jobs of this area.
pub const KINDS: &[Kind] =
    &[OfUsers::WORK, Kind::hourly("forget_uploads", |run| run.in_steps(tidying::tidy))];

/// Goes through the rows of a file of this kind, for whatever is to be done with them now. It is put with the id of the
/// batch.
pub const fn working<T: Trade>(name: &'static str) -> Kind {
    Kind::once(name, |run| work::<T>(run).boxed()).or(closing::give_up)
}

async fn work<T: Trade>(run: Run) -> Result<Outcome> {
    let (id, begun) = (run.payload::<BatchId>()?, Instant::now());
    // What fails with one row is not to hold up all others, as it would each time anew.
    let mut carefully = 0;
    while !run.is_stopping() {
        let (site, tokens) = (run.site.clone(), tokens());
        let now = run.now.plus_seconds(i64::try_from(begun.elapsed().as_secs()).unwrap_or(i64::MAX));
        let how = (carefully > 0, now);
        let taken = run.write(move |conn| step::step::<T>(conn, (&id, &tokens), (&site, how.0), how.1)).await;
        let stand = match taken {
            // Whoever has it by now goes on.
            Err(error) if Run::is_lost(&error) => return Err(error),
            Err(Error::Internal(cause)) if carefully == 0 => {
                tracing::warn!(batch = %id, error = ?cause, "a portion of an upload failed and is taken row by row");
                carefully = PORTION;
                continue;
            }
            Err(Error::Internal(cause)) => {
                tracing::error!(batch = %id, error = ?cause, "a row of an upload could not be done");
                if !run.write(move |conn| step::pass_over::<T>(conn, &id)).await? {
                    return Err(Error::Internal(cause));
                }
                continue;
            }
            taken => taken?,
        };
        carefully = carefully.saturating_sub(1);
        run.tell(Progress { done: stand.done, total: Some(stand.total) });
        if stand.is_over {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::Interrupted)
}

/// For the links that a step may mail: what is random comes in from outside of its transaction.
fn tokens() -> Vec<Token> {
    (0..PORTION).map(|_| Token::random()).collect()
}
