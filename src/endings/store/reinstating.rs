//! Taking a relationship up again, all of it or nothing, once.

use diesel::prelude::*;

use super::comeback::{self, Comeback};
use super::consenting;
use super::planning::about;
use crate::access::Allowed;
use crate::access::permission::{RaiseSubscriptions, ReinstateCustomers};
use crate::activity::{self, Action, Change};
use crate::customers::store::relationship::mark_lasting;
use crate::db::Connection;
use crate::db::schema::endings;
use crate::endings::letters;
use crate::endings::model::{Consent, State};
use crate::error::{Error, Result};
use crate::mail::outbox;
use crate::notifications::{self, Event, Kind};
use crate::subscriptions::facts::resellers_named;
use crate::subscriptions::model::rules::Refusal;
use crate::subscriptions::store::changes::reactivate;
use crate::subscriptions::store::edit::{Changed, Edit};
use crate::values::id::{CustomerId, SubscriptionId};
use crate::values::moment::Moment;

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub customer: CustomerId,
    /// Of the end that the page showed.
    pub version: i32,
    /// Without it nobody but the provider has the customer again, and without its users.
    pub consent: Option<Consent>,
    /// Which subscriptions are active again, each as of the version that the page showed.
    pub reactivated: Vec<(SubscriptionId, i32)>,
    /// For so many days after its end a relationship can be reinstated.
    pub days: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reinstated {
    Done,
    /// It lasts already; nothing was written.
    Before,
    /// The end or a subscription is not as the page showed it; nothing was written.
    Stale,
    TooLate,
    /// A subscription that was ticked cannot be active again; nothing was written.
    Refused(SubscriptionId, Refusal),
}

/// Why what was begun is undone.
enum Stop {
    Stale,
    Refused(SubscriptionId, Refusal),
    Failed(Error),
}

impl From<diesel::result::Error> for Stop {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Reinstates the relationship with a customer.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach; database errors.
pub fn reinstate(
    conn: &mut Connection,
    (by, raises): (&Allowed<ReinstateCustomers>, &Allowed<RaiseSubscriptions>),
    wish: &Wish,
    now: Moment,
) -> Result<Reinstated> {
    let Some(back) = comeback::find(conn, by, &wish.customer, now)? else { return Ok(Reinstated::Before) };
    if back.ending.version != wish.version {
        return Ok(Reinstated::Stale);
    }
    if back.ending.reinstatable_until(wish.days).is_none_or(|until| until < now) {
        return Ok(Reinstated::TooLate);
    }
    let done = diesel::Connection::transaction(conn, |conn| {
        take_up(conn, by, (&back, wish), now)?;
        for (id, version) in &wish.reactivated {
            // What is no subscription of this customer's does not rest with it.
            if back.subscriptions.iter().all(|one| one.id != *id) {
                return Err(Stop::Stale);
            }
            match reactivate(conn, raises, &Edit { id: *id, version: *version, now })? {
                Changed::Done | Changed::Same => {}
                Changed::Refused(refusal) => return Err(Stop::Refused(*id, refusal)),
                Changed::Stale | Changed::Wrong(_) => return Err(Stop::Stale),
            }
        }
        Ok(())
    });
    match done {
        Ok(()) => Ok(Reinstated::Done),
        Err(Stop::Stale) => Ok(Reinstated::Stale),
        Err(Stop::Refused(id, refusal)) => Ok(Reinstated::Refused(id, refusal)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

fn take_up(
    conn: &mut Connection,
    by: &Allowed<ReinstateCustomers>,
    (back, wish): (&Comeback, &Wish),
    now: Moment,
) -> Result<(), Stop> {
    let (customer, ending) = (&back.customer, &back.ending);
    let as_shown = endings::table
        .filter(endings::id.eq(&ending.id))
        .filter(endings::state.eq(State::Ended))
        .filter(endings::version.eq(wish.version));
    let set = (
        endings::state.eq(State::Reinstated),
        endings::state_since.eq(now),
        endings::closed_by_name.eq(&by.name),
        endings::version.eq(endings::version + 1),
    );
    if diesel::update(as_shown).set(set).execute(conn)? == 0 || !mark_lasting(conn, &customer.id, now)? {
        return Err(Stop::Stale);
    }
    outbox::withdraw(conn, (&letters::ended::KIND, ending.id.as_str()))?;
    let change = Change::new("relationship", "ended", "active");
    activity::store::record(conn, by, &about(Action::ReinstateCustomer, customer).with([change]), now)?;
    if let Some(consent) = &wish.consent
        && !consenting::keep(conn, by, (back, consent), now)?
    {
        return Err(Stop::Stale);
    }
    tell_named(conn, by, back, now)?;
    Ok(())
}

/// Who is named on subscriptions sees those again, whoever administers the customer.
fn tell_named(
    conn: &mut Connection,
    by: &Allowed<ReinstateCustomers>,
    back: &Comeback,
    now: Moment,
) -> Result<()> {
    let customer = &back.customer;
    let change = Change::new("relationship", "ended", "active");
    let entry = about(Action::ReinstateCustomer, customer).with([change]);
    let name = &customer.account.company_name;
    let event = Event::about_customer(Kind::RelationshipReinstated, &customer.id, name);
    let administered = |reseller| back.resellers.iter().any(|one| one.delegation.reseller == reseller);
    for reseller in resellers_named(conn, &customer.id)? {
        if !administered(reseller) {
            activity::store::record_for(conn, &reseller, by, &entry, now)?;
            notifications::tell(conn, &reseller, by, &event, now)?;
        }
    }
    Ok(())
}
