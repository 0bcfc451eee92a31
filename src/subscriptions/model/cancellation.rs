//! What becomes of a subscription that is cancelled before its term is over.

use chrono::NaiveDate;

use super::proration::Rest;
use super::{Status, Subscription};
use crate::catalog::model::Billing;
use crate::values::mark::mark_of;
use crate::values::money::Money;

/// What ends: the subscription, and all that is added to it.
#[derive(Clone, Debug)]
pub struct Cancellation {
    pub subject: Subscription,
    /// Add-ons, nearest first.
    pub below: Vec<Subscription>,
    /// How many licenses of users nothing holds any more afterwards.
    pub left_without: i64,
    /// How many reservations were bought under it and hold on.
    pub reservations: i64,
    pub today: NaiveDate,
}

impl Cancellation {
    /// What ends, the subscription itself first.
    pub fn ending(&self) -> impl Iterator<Item = &Subscription> {
        std::iter::once(&self.subject).chain(&self.below)
    }

    /// What is credited of one that ends: what is left of its billing period, today counted. Nothing is billed for what is
    /// suspended, usage is billed as far as it has come, and of a term that is over nothing is left.
    pub fn credit(&self, ended: &Subscription) -> Option<(Rest, Money)> {
        let is_billed = ended.status == Status::Active
            && !ended.is_usage_based()
            && !ended.is_trial
            && ended.billing != Billing::Never
            && self.today < ended.renews_on;
        let rest = Rest::of(ended, self.today).filter(|_| is_billed)?;
        Some((rest, rest.of_one(ended.unit_price).times(ended.quantity.get())))
    }

    /// What is credited of several that end; nothing where that is one at most.
    pub fn total<'a>(&self, ended: impl IntoIterator<Item = &'a Subscription>) -> Option<Money> {
        let credits = ended.into_iter().filter_map(|one| self.credit(one)).map(|(_, credit)| credit);
        let credits: Vec<Money> = credits.collect();
        let [first, rest @ ..] = credits.as_slice() else { return None };
        let sum = rest.iter().fold(first.minor, |sum, credit| sum.saturating_add(credit.minor));
        (!rest.is_empty()).then(|| Money::new(sum, first.currency))
    }

    pub fn has_usage(&self) -> bool {
        self.ending().any(Subscription::is_usage_based)
    }

    /// What a page has shown, in short.
    pub fn mark(&self) -> String {
        let line = |one: &Subscription| format!("{} {} {:?}\n", one.id, one.version, self.credit(one));
        let lines: String = self.ending().map(line).collect();
        mark_of(&format!("{lines}{} {}", self.left_without, self.reservations))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::plain;
    use super::*;
    use crate::catalog::model::Unit;
    use crate::values::id::SubscriptionId;

    fn credit(subscription: Subscription, today: &str) -> Option<i64> {
        let today = today.parse().unwrap();
        let (below, left_without, reservations) = (Vec::new(), 0, 0);
        let ending = Cancellation { subject: subscription, below, left_without, reservations, today };
        ending.credit(&ending.subject).map(|(_, money)| money.minor)
    }

    #[test]
    fn the_rest_of_the_period_is_credited_and_all_of_it_on_its_first_day() {
        assert_eq!(credit(plain(), "2026-03-01"), Some(5100));
        // 25 of 31 days: 4.112… each, rounded once, then for ten.
        assert_eq!(credit(plain(), "2026-03-07"), Some(4110));
        let annual = Subscription { billing: Billing::Annual, ..plain() };
        assert_eq!(credit(annual, "2027-02-28"), Some(10));
    }

    #[test]
    fn nothing_is_credited_of_a_term_that_nobody_began() {
        let over = plain().renews_on;
        assert_eq!(credit(plain(), &over.pred_opt().unwrap().to_string()).map(|minor| minor > 0), Some(true));
        assert_eq!(credit(plain(), &over.to_string()), None, "the calendar has not passed yet");
    }

    #[test]
    fn nothing_is_credited_where_nothing_is_billed_beforehand() {
        let suspended = Subscription { status: Status::Suspended, ..plain() };
        let trial = Subscription { is_trial: true, billing: Billing::Never, ..plain() };
        let usage = Subscription { unit: Unit::Usage, ..plain() };
        for subscription in [suspended, trial, usage] {
            assert_eq!(credit(subscription, "2026-03-07"), None);
        }
    }

    #[test]
    fn a_total_is_of_several_and_of_what_is_seen_alone() {
        let other = Subscription { id: SubscriptionId::new(), ..plain() };
        let today = plain().starts_on;
        let (left_without, reservations) = (0, 0);
        let ending =
            Cancellation { subject: plain(), below: vec![other.clone()], left_without, reservations, today };
        let one = ending.credit(&other).map(|(_, money)| money.minor).unwrap();
        assert_eq!(ending.total(ending.ending()).map(|money| money.minor), Some(one * 2));
        assert_eq!(ending.total([&ending.subject]), None);
        assert_eq!(ending.total([]), None);
    }
}
