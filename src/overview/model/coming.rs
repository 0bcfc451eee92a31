//! What ends or renews next.

use chrono::NaiveDate;

use crate::customers::model::Delegation;
use crate::subscriptions::model::{Status, Subscription};
use crate::values::id::SubscriptionId;

/// So many dates are shown.
const MOST: usize = 5;

/// Something that happens on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coming {
    pub on: NaiveDate,
    pub event: Event,
}

/// What happens, and to what; of the same day in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// It is the last day on which this reseller administers the customer.
    DelegationEnds(String),
    /// A trial ends.
    TrialEnds(Concerned),
    /// Its term is over, and no other one follows.
    Lapses(Concerned),
    /// The data of a suspended subscription is deleted after that day.
    DataGoes(Concerned),
    Renews(Concerned),
}

/// The subscription to which it happens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Concerned {
    pub nickname: String,
    pub id: SubscriptionId,
}

/// The next days on which something happens, the soonest first, and what ends before what renews.
pub fn coming(subscriptions: &[Subscription], delegations: &[Delegation], today: NaiveDate) -> Vec<Coming> {
    let of_subscriptions = subscriptions.iter().filter_map(|one| next_of(one, today));
    let of_delegations = delegations.iter().filter_map(last_day_of);
    let mut coming: Vec<Coming> =
        of_subscriptions.chain(of_delegations).filter(|one| one.on >= today).collect();
    coming.sort();
    coming.truncate(MOST);
    coming
}

fn next_of(one: &Subscription, today: NaiveDate) -> Option<Coming> {
    let concerned = Concerned { nickname: one.nickname.clone(), id: one.id };
    let (on, event) = match one.standing(today) {
        Status::Active if one.is_trial => (one.renews_on, Event::TrialEnds(concerned)),
        Status::Active if one.is_usage_based() => return None,
        Status::Active if !one.auto_renews => (one.renews_on, Event::Lapses(concerned)),
        Status::Active => (one.renews_on, Event::Renews(concerned)),
        Status::Suspended => (one.kept_until?, Event::DataGoes(concerned)),
        Status::Pending | Status::Deleted => return None,
    };
    Some(Coming { on, event })
}

fn last_day_of(delegation: &Delegation) -> Option<Coming> {
    let on = delegation.ends_on.filter(|_| delegation.lasts())?;
    Some(Coming { on, event: Event::DelegationEnds(delegation.reseller_name.clone()) })
}

#[cfg(test)]
mod tests;
