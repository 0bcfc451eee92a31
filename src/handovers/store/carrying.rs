//! The work of a handover, step by step. Each is a transaction of its own; whoever takes the next one finds done what is
//! done, so that nothing is done twice, however often the work is interrupted.

use diesel::prelude::*;

use super::turn::{self, Turn};
use super::{closing, gathering, row};
use crate::access::Role;
use crate::activity::Author;
use crate::customers::facts::{Named, customer};
use crate::db::schema::{handover_customers, handovers};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::handovers::model::{Handover, Idle, Outcome, State, Tally};
use crate::partners::facts::name_of;
use crate::people::facts::{RoleHolder, holder};
use crate::session::postage::put_one_of_many;
use crate::values::id::{HandoverId, LetterId};
use crate::values::moment::Moment;
use crate::web::Site;

/// How far it is after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub is_over: bool,
    pub tally: Tally,
}

/// Takes the next step: copies some customers, has one customer's turn, or comes to the end.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn step(conn: &mut Connection, id: &HandoverId, site: &Site, now: Moment) -> Result<Stand> {
    let handover = row::read(conn, id)?;
    match handover.state {
        State::Gathering => gathering::gather_some(conn, &handover)?,
        State::Working => match next(conn, id)? {
            Some(customer) => settle(conn, &handover, &customer, site, now)?,
            None => closing::finish(conn, &handover, site, now)?,
        },
        State::Done | State::Stopped => {}
    }
    let after = row::read(conn, id)?;
    Ok(Stand { is_over: !after.is_under_way(), tally: after.tally })
}

/// Leaves a customer aside whose turn has failed; none where no customer's turn it was.
///
/// # Errors
/// Database errors.
pub fn pass_over(conn: &mut Connection, id: &HandoverId, now: Moment) -> Result<Option<Stand>> {
    let handover = row::read(conn, id)?;
    if handover.state != State::Working {
        return Ok(None);
    }
    let Some(customer) = next(conn, id)? else { return Ok(None) };
    keep(conn, &handover, &customer, &Turn::failed(), now)?;
    Ok(Some(Stand { is_over: false, tally: row::read(conn, id)?.tally }))
}

/// The customer whose turn it is.
fn next(conn: &mut Connection, id: &HandoverId) -> Result<Option<Named>> {
    Ok(handover_customers::table
        .inner_join(customer(handover_customers::customer_id))
        .filter(handover_customers::handover_id.eq(id))
        .filter(handover_customers::result.eq(Outcome::Waiting))
        .order((handover_customers::position, handover_customers::customer_id))
        .select(Named::as_select())
        .first(conn)
        .optional()?)
}

fn settle(
    conn: &mut Connection,
    handover: &Handover,
    customer: &Named,
    site: &Site,
    now: Moment,
) -> Result<()> {
    let provider_name = name_of(conn, &handover.provider)?;
    let (person, name) = &handover.begun_by;
    let by = Author::absent((person, name), (&handover.provider, &provider_name));
    let answers = beginner(conn, handover)?;
    let reply_to = answers.as_ref().map(|person| &person.email);
    let named = (&customer.id, customer.company_name.as_str());
    let mut turn = turn::take(conn, (&by, handover), named, (site, reply_to), now)?;
    for letter in std::mem::take(&mut turn.letters) {
        if !put_one_of_many(conn, &handover.provider, (&LetterId::new(), &letter), now)? {
            Idle::LetterLeftOut.as_text().clone_into(&mut turn.why);
        }
    }
    keep(conn, handover, customer, &turn, now)
}

/// Keeps what came of it with the numbers. Where it was stopped meanwhile, nothing of this turn is kept.
fn keep(
    conn: &mut Connection,
    handover: &Handover,
    customer: &Named,
    turn: &Turn,
    now: Moment,
) -> Result<()> {
    let waiting = handover_customers::table
        .filter(handover_customers::handover_id.eq(&handover.id))
        .filter(handover_customers::customer_id.eq(&customer.id))
        .filter(handover_customers::result.eq(Outcome::Waiting));
    let settled = diesel::update(waiting)
        .set((
            handover_customers::result.eq(turn.outcome),
            handover_customers::why.eq(&turn.why),
            handover_customers::settled_at.eq(now),
        ))
        .execute(conn)?;
    let one = |outcome: Outcome| i64::from(turn.outcome == outcome);
    let subscriptions = i64::try_from(turn.subscriptions).unwrap_or(i64::MAX);
    let working =
        handovers::table.filter(handovers::id.eq(&handover.id)).filter(handovers::state.eq(State::Working));
    let counted = diesel::update(working)
        .set((
            handovers::done.eq(handovers::done + one(Outcome::Done)),
            handovers::unchanged.eq(handovers::unchanged + one(Outcome::Unchanged)),
            handovers::refused.eq(handovers::refused + one(Outcome::Refused)),
            handovers::subscriptions.eq(handovers::subscriptions + subscriptions),
        ))
        .execute(conn)?;
    if (settled, counted) == (1, 1) { Ok(()) } else { Err(try_again()) }
}

/// Whoever began it, as long as they can act.
pub(super) fn beginner(conn: &mut Connection, handover: &Handover) -> Result<Option<RoleHolder>> {
    let roles = [Role::GlobalAdmin, Role::AdminAgent, Role::SalesAgent];
    holder(conn, &handover.provider, &roles, &handover.begun_by.0)
}
