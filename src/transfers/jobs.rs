//! What the portal does by itself about transfers.

use futures_util::FutureExt as _;

use super::store::expiring;
use crate::error::Result;
use crate::jobs::{Kind, Outcome, Run};

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("expire_transfers", |run| expire(run).boxed())];

async fn expire(run: Run) -> Result<Outcome> {
    while !run.is_stopping() {
        let (site, now) = (run.site.clone(), run.now);
        if run.write(move |conn| expiring::expire_some(conn, &site, now)).await? == 0 {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::Interrupted)
}
