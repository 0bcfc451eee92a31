//! What every change of a subscription has in common: the same subscription as the page showed,
//! a rule that allows it, and a record.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::early::Early;
use super::super::model::rules::{Action, Refusal, State};
use super::super::model::{End, Status, Subscription};
use super::add_ons::{standing_of, term_began_on};
use super::find;
use crate::access::Viewer;
use crate::activity::{self, Change, Entry};
use crate::catalog;
use crate::customers;
use crate::customers::model::Glimpse;
use crate::db::schema::subscriptions;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::transfers::facts::is_under_way;
use crate::values::id::{CustomerId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;

/// Which subscription somebody changes, as of which version, and when.
#[derive(Clone, Debug)]
pub struct Edit {
    pub id: SubscriptionId,
    /// The version that the page showed.
    pub version: i32,
    pub now: Moment,
}

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// It is like that already; nothing was written.
    Same,
    /// Somebody changed it after the page was shown; nothing was written.
    Stale,
    Refused(Refusal),
    /// What was typed or chosen cannot be taken, for a reason that only the database knows.
    Wrong(Problem),
}

/// A subscription with what the rules ask about it.
pub(super) struct Subject {
    pub subscription: Subscription,
    pub customer: Glimpse,
    pub state: State,
}

impl Subject {
    /// The subscription of an edit, within the viewer's reach.
    pub(super) fn find(conn: &mut Connection, by: &Viewer, edit: &Edit) -> Result<Self> {
        let reach = by.reach();
        let subscription = find(conn, &reach, &edit.id)?;
        let customer = customers::store::glimpse(conn, &reach, &subscription.customer)?;
        let state = state_of(conn, &subscription, edit.now.day())?;
        Ok(Self { subscription, customer, state })
    }

    /// Why the edit cannot go on: somebody was faster, or a rule refuses it, which is recorded.
    pub(super) fn obstacle(
        &self,
        conn: &mut Connection,
        by: &Viewer,
        edit: &Edit,
        (action, entry): (Action, &Entry),
    ) -> Result<Option<Changed>> {
        if self.subscription.version != edit.version {
            return Ok(Some(Changed::Stale));
        }
        let Some(refusal) = self.state.refusal(action) else { return Ok(None) };
        self.record(conn, by, &entry.clone().failed(), edit.now)?;
        Ok(Some(Changed::Refused(refusal)))
    }

    /// A record about this subscription.
    pub(super) fn entry(&self, action: activity::Action, changes: impl IntoIterator<Item = Change>) -> Entry {
        let customer = (&self.customer.id, self.customer.company_name.as_str());
        entry_about(&self.subscription, customer, action, changes)
    }

    /// Records what was done, and for the provider too when somebody else did it.
    pub(super) fn record(
        &self,
        conn: &mut Connection,
        by: &Viewer,
        entry: &Entry,
        now: Moment,
    ) -> Result<()> {
        activity::store::record(conn, by, entry, now)?;
        let provider = &self.subscription.provider;
        if by.organisation.id == *provider {
            return Ok(());
        }
        activity::store::record_for(conn, provider, by, entry, now)
    }

    /// Something that is to be told about this subscription.
    pub(super) fn event(&self, kind: Kind) -> Event {
        let (subscription, customer) = (&self.subscription, &self.customer);
        Event::about(kind, "subscription", subscription.id, &subscription.nickname)
            .for_customer(&customer.id, &customer.company_name)
    }

    /// The same as [`Subject::finish`]; the provider is told when a reseller did it.
    pub(super) fn finish_and_tell(
        &self,
        conn: &mut Connection,
        by: &Viewer,
        (met, entry, event): (usize, &Entry, &Event),
        now: Moment,
    ) -> Result<Changed> {
        let changed = self.finish(conn, by, (met, entry), now)?;
        if changed == Changed::Done {
            notifications::tell(conn, &self.subscription.provider, by, event, now)?;
        }
        Ok(changed)
    }

    /// Records what was done to an add-on along with this subscription. Who only manages this one is told nothing of
    /// add-ons that it does not see, so the provider's log alone has that.
    pub(super) fn record_below(
        &self,
        conn: &mut Connection,
        by: &Viewer,
        (add_on, entry): (&Subscription, &Entry),
        now: Moment,
    ) -> Result<()> {
        if self.customer.is_held || add_on.names(&by.organisation.id) {
            return self.record(conn, by, entry, now);
        }
        activity::store::record_for(conn, &self.subscription.provider, by, entry, now)
    }

    /// `Done` with its record when the conditional update met the row, `Stale` when it did not.
    pub(super) fn finish(
        &self,
        conn: &mut Connection,
        by: &Viewer,
        (met, entry): (usize, &Entry),
        now: Moment,
    ) -> Result<Changed> {
        if met == 0 {
            return Ok(Changed::Stale);
        }
        self.record(conn, by, entry, now)?;
        customers::store::soon::keep(conn, &self.subscription.customer, now.day())?;
        Ok(Changed::Done)
    }
}

/// The row, as long as it is as the page showed it.
#[diesel::dsl::auto_type]
pub(super) fn current<'a>(edit: &'a Edit) -> _ {
    let id: &'a SubscriptionId = &edit.id;
    let version: i32 = edit.version;
    subscriptions::table.filter(subscriptions::id.eq(id)).filter(subscriptions::version.eq(version))
}

/// The row, as long as it is as it was read.
#[diesel::dsl::auto_type]
pub(super) fn as_read<'a>(subscription: &'a Subscription) -> _ {
    let id: &'a SubscriptionId = &subscription.id;
    let version: i32 = subscription.version;
    subscriptions::table.filter(subscriptions::id.eq(id)).filter(subscriptions::version.eq(version))
}

/// Read a moment ago in the same transaction: if it is another one now, all of it is read again.
///
/// # Errors
/// Where no row was met.
pub(super) fn demand_met(met: usize) -> Result<()> {
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Deletes it from a day on, for a reason.
///
/// # Errors
/// As for [`demand_met`]; database errors.
pub(super) fn mark_deleted(
    conn: &mut Connection,
    subscription: &Subscription,
    (on, reason): (NaiveDate, End),
) -> Result<()> {
    let met = diesel::update(as_read(subscription))
        .set((
            subscriptions::status.eq(Status::Deleted),
            subscriptions::kept_until.eq(None::<NaiveDate>),
            subscriptions::ended_on.eq(Some(on)),
            subscriptions::end_reason.eq(Some(reason)),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    demand_met(met)
}

/// A record about a subscription of a customer.
pub(super) fn entry_about(
    subscription: &Subscription,
    (customer, company_name): (&CustomerId, &str),
    action: activity::Action,
    changes: impl IntoIterator<Item = Change>,
) -> Entry {
    Entry::new(action, "subscription", subscription.id, &subscription.nickname)
        .for_customer(customer, company_name)
        .with(changes)
}

/// What the rules ask about a subscription. It is the same whoever looks: the base of an add-on and the customer's
/// agreement decide even where the viewer sees neither.
pub(super) fn state_of(
    conn: &mut Connection,
    subscription: &Subscription,
    today: NaiveDate,
) -> Result<State> {
    let base = match &subscription.parent {
        Some(base) => Some(standing_of(conn, base, today)?),
        None => None,
    };
    let readiness = customers::store::readiness(conn, &subscription.customer)?;
    let is_transferring = is_under_way(conn, &subscription.id)?;
    let offer = catalog::store::find(conn, &subscription.offer)?;
    let began_on = term_began_on(conn, subscription)?;
    let is_reducible = Early::of(offer.reduction, subscription, began_on).is_open(today);
    let is_cancellable = Early::of(offer.cancellation, subscription, began_on).is_open(today);
    Ok(State {
        is_transferring,
        is_reducible,
        is_cancellable,
        ..State::of(subscription, base, readiness, today)
    })
}
