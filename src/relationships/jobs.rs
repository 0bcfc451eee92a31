//! What the portal does by itself about who looks after customers.

use futures_util::FutureExt as _;

use super::store::{expiring, planned, reminding};
use crate::db::Connection;
use crate::error::Result;
use crate::jobs::{Kind, Outcome, Run};
use crate::values::moment::Moment;
use crate::web::Site;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[
    Kind::hourly("carry_out_delegation_plans", |run| by_letter(run, planned::carry_out_next).boxed()),
    Kind::hourly("end_delegations", |run| run.in_steps(expiring::end_some)),
    Kind::hourly("remind_of_delegations", |run| by_letter(run, reminding::remind_next).boxed()),
];

/// A small part of a job that writes letters: answers how much it found to do.
type Step = fn(&mut Connection, &Site, Moment) -> Result<usize>;

async fn by_letter(run: Run, step: Step) -> Result<Outcome> {
    while !run.is_stopping() {
        let (site, now) = (run.site.clone(), run.now);
        if run.write(move |conn| step(conn, &site, now)).await? == 0 {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::Interrupted)
}
