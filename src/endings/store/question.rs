//! What there is to know before a relationship is ended.

use chrono::NaiveDate;

use super::{latest, obstacles};
use crate::access::Allowed;
use crate::access::permission::EndRelationships;
use crate::agreements::model::{Request, Subject};
use crate::agreements::store::requests;
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::account;
use crate::db::Connection;
use crate::endings::model::{Ending, Obstacles, State};
use crate::error::Result;
use crate::orders::facts::count_of;
use crate::partners::facts::name_of;
use crate::subscriptions::facts::resellers_named;
use crate::subscriptions::model::Status;
use crate::subscriptions::store::of_customer::in_states;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// A customer with everything that the page about its end shows.
#[derive(Clone, Debug)]
pub struct Question {
    pub customer: Customer,
    pub obstacles: Obstacles,
    pub plan: Option<Ending>,
    /// Who administers it, and loses it.
    pub delegations: Vec<Delegation>,
    /// Who is only named on its subscriptions, and loses those, by name.
    pub named: Vec<String>,
    /// How many subscriptions rest, and the last day on which data of them is kept.
    pub resting: usize,
    pub kept_until: Option<NaiveDate>,
    pub orders: i64,
    /// Who was asked for the customer agreement and has not answered.
    pub asked: Option<Request>,
}

impl Question {
    /// Everybody who is told beside the customer.
    pub fn concerned(&self) -> impl Iterator<Item = &str> {
        let administering = self.delegations.iter().map(|one| one.reseller_name.as_str());
        administering.chain(self.named.iter().map(String::as_str))
    }
}

/// The customer of the viewer's organisation with what decides about its end.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond reach; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<EndRelationships>,
    id: &CustomerId,
    now: Moment,
) -> Result<Question> {
    let held = account::find(conn, &by.reach(), id)?;
    let mut delegations = held.delegations;
    delegations.retain(|one| one.ended_at.is_none());
    let mut named = Vec::new();
    for reseller in resellers_named(conn, id)? {
        if delegations.iter().all(|one| one.reseller != reseller) {
            named.push(name_of(conn, &reseller)?);
        }
    }
    named.sort_by_cached_key(|name| sort_name(name));
    let today = now.day();
    let mut resting = in_states(conn, id, &[Status::Suspended])?;
    resting.retain(|one| one.standing(today) == Status::Suspended);
    let asked = requests::latest_of(conn, &by.organisation.id, &Subject::Customer(*id))?;
    Ok(Question {
        obstacles: obstacles(conn, id, now)?,
        plan: latest(conn, id, State::Planned)?,
        delegations,
        named,
        resting: resting.len(),
        kept_until: resting.iter().filter_map(|one| one.kept_until).max(),
        orders: count_of(conn, id)?,
        asked: asked.filter(Request::is_open),
        customer: held.customer,
    })
}
