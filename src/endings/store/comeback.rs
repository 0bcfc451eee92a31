//! What comes back with a relationship that is reinstated.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::latest;
use crate::access::Viewer;
use crate::customers;
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::delegations;
use crate::db::Connection;
use crate::db::schema::{ended_delegations, endings};
use crate::endings::model::{Ending, State};
use crate::endings::wrong::Wrong;
use crate::error::Result;
use crate::partnerships::directory::find_partner;
use crate::subscriptions::model::{Status, Subscription};
use crate::subscriptions::store::of_customer::in_states;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;

/// A customer whose relationship has ended, with all that can come back.
#[derive(Clone, Debug)]
pub struct Comeback {
    pub customer: Customer,
    pub ending: Ending,
    pub resellers: Vec<Returning>,
    /// Those that rest, with their data; bases before their add-ons.
    pub subscriptions: Vec<Subscription>,
}

impl Comeback {
    /// Since when the customer administers itself, because it took that from the provider. It alone gives it again,
    /// and nobody attests that it did.
    pub fn withdrawn_at(&self) -> Option<Moment> {
        self.customer.undelegated_at
    }
}

/// A reseller that administered the customer.
#[derive(Clone, Debug)]
pub struct Returning {
    pub delegation: Delegation,
    /// Why it does not come back.
    pub lack: Option<Problem>,
}

/// The ended relationship of the viewer's organisation with a customer; none where it lasts.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn find(conn: &mut Connection, by: &Viewer, id: &CustomerId, now: Moment) -> Result<Option<Comeback>> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    if customer.ended_at.is_none() {
        return Ok(None);
    }
    let Some(ending) = latest(conn, id, State::Ended)? else { return Ok(None) };
    let mut subscriptions = in_states(conn, id, &[Status::Suspended])?;
    subscriptions.retain(|one| one.standing(now.day()) == Status::Suspended);
    let resellers = returning(conn, &customer, &ending, now.day())?;
    Ok(Some(Comeback { customer, ending, resellers, subscriptions }))
}

/// A customer that came back without delegated administration, with who waits for it; none where nothing is awaited.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn find_awaiting(
    conn: &mut Connection,
    by: &Viewer,
    id: &CustomerId,
    now: Moment,
) -> Result<Option<Comeback>> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    if !customer.can_agree() {
        return Ok(None);
    }
    of_own_accord(conn, &customer, now)
}

/// The same for a customer that decides by itself, and so may have taken away what it gives now. The caller has found it
/// within reach.
///
/// # Errors
/// Database errors.
pub fn of_own_accord(conn: &mut Connection, customer: &Customer, now: Moment) -> Result<Option<Comeback>> {
    let last = latest(conn, &customer.id, State::Reinstated)?.filter(|ending| ending.consent.is_none());
    let (Some(ending), None) = (last, customer.ended_at) else { return Ok(None) };
    let resellers = returning(conn, customer, &ending, now.day())?;
    Ok(Some(Comeback { customer: customer.clone(), ending, resellers, subscriptions: Vec::new() }))
}

/// Who administered the customer when it ended, each with what keeps it from coming back.
fn returning(
    conn: &mut Connection,
    customer: &Customer,
    ending: &Ending,
    today: NaiveDate,
) -> Result<Vec<Returning>> {
    let remembered: Vec<DelegationId> = ended_delegations::table
        .filter(ended_delegations::ending_id.eq(&ending.id))
        .select(ended_delegations::delegation_id)
        .load(conn)?;
    let mut delegations = delegations::of_customer(conn, &customer.id)?;
    delegations.retain(|one| remembered.contains(&one.id));
    delegations.sort_by_key(|one| (one.since, one.id));
    let mut all = Vec::new();
    for delegation in delegations {
        let lack = match find_partner(conn, &customer.provider, &delegation.reseller)? {
            // What the customer took away meanwhile, it alone gives again.
            _ if delegation.is_revoked => Some(Problem::RemovedByCustomer),
            // The next hour would end it again.
            _ if delegation.ends_on.is_some_and(|last| last < today) => Some(Wrong::PastLastDay.into()),
            None => Some(Problem::NotInPartnership),
            Some(partner) => partner.lack().map(|lack| lack.problem()),
        };
        all.push(Returning { delegation, lack });
    }
    Ok(all)
}

/// Whether a relationship still is ended by an end: what its letter says holds as long.
///
/// # Errors
/// Database errors.
pub fn has_ended_by(conn: &mut Connection, id: &str, _: Moment) -> Result<bool> {
    let ended = endings::table.filter(endings::id.eq(id)).filter(endings::state.eq(State::Ended));
    Ok(ended.count().get_result::<i64>(conn)? > 0)
}
