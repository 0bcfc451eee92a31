//! Undoing a change of quantity, as long as its window is open.

use chrono::NaiveDate;

use super::rules::{self, State};
use super::{Status, Subscription};
use crate::values::id::QuantityChangeId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// For so many days a change can be undone, to the second.
const DAYS: i64 = 7;

/// A change of a quantity that took effect at once.
#[derive(Clone, Debug)]
pub struct QuantityChange {
    pub id: QuantityChangeId,
    pub old: Quantity,
    pub new: Quantity,
    /// What was planned for the next term and dropped, because it was so from then on.
    pub dropped_plan: Option<Quantity>,
    /// What one cost then.
    pub unit_price: Money,
    pub made_at: Moment,
    pub made_by: String,
    pub organisation: String,
    pub undo_until: Moment,
}

/// Which rule refuses it. `templates/subscriptions/undo_words.html` says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its window is closed.
    TooLate,
    /// The subscription does not stand as the change left it: another price, another quantity.
    ChangedSince,
    /// No quantity of it can be changed now.
    Rule(rules::Refusal),
}

/// Until when a change can be undone: not beyond the term in which it was made.
pub fn undo_until(now: Moment, renews_on: NaiveDate) -> Moment {
    let end = Moment::start_of(renews_on).plus_seconds(-1);
    now.plus_days(DAYS).min(end.max(now))
}

impl QuantityChange {
    /// Whether it can be undone now.
    ///
    /// # Errors
    /// The first rule that refuses it.
    pub fn check(&self, subscription: &Subscription, state: State, now: Moment) -> Result<(), Refusal> {
        if now > self.undo_until {
            return Err(Refusal::TooLate);
        }
        if state.status == Status::Deleted {
            return Err(Refusal::Rule(rules::Refusal::Deleted));
        }
        if subscription.quantity != self.new || subscription.unit_price != self.unit_price {
            return Err(Refusal::ChangedSince);
        }
        state.check(self.needs()).map_err(Refusal::Rule)
    }

    /// What undoing it does to the quantity.
    pub fn needs(&self) -> rules::Action {
        if self.raises_again() { rules::Action::RaiseQuantity } else { rules::Action::ChangeQuantity }
    }

    /// What is planned for the next term once it is undone: what is planned now, or else what the change dropped, unless
    /// it is so already.
    pub fn planned_again(&self, planned: Option<Quantity>) -> Option<Quantity> {
        planned.or(self.dropped_plan).filter(|planned| *planned != self.old)
    }

    /// Whether there are more again once it is undone.
    pub fn raises_again(&self) -> bool {
        self.old > self.new
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::plain;
    use super::*;
    use crate::customers::model::Readiness;

    fn state(subscription: &Subscription) -> State {
        let readiness = Readiness { is_accepted: true, is_complete: true, is_lasting: true };
        State::of(subscription, None, readiness, Moment::now().day())
    }

    fn raised(subscription: &Subscription, now: Moment) -> QuantityChange {
        QuantityChange {
            id: QuantityChangeId::new(),
            old: Quantity::of(5),
            new: subscription.quantity,
            dropped_plan: None,
            unit_price: subscription.unit_price,
            made_at: now,
            made_by: "Sam Seller".to_owned(),
            organisation: "Harbor".to_owned(),
            undo_until: undo_until(now, "2999-01-01".parse().unwrap()),
        }
    }

    #[test]
    fn a_window_is_open_for_seven_days_to_the_second_and_not_beyond_the_term() {
        let now = Moment::from_unix(1_800_000_000);
        assert_eq!(undo_until(now, "2999-01-01".parse().unwrap()), now.plus_days(7));
        let tomorrow = now.plus_days(1).day();
        assert_eq!(undo_until(now, tomorrow), Moment::start_of(tomorrow).plus_seconds(-1));
        assert_eq!(undo_until(now, now.day()), now);
        let (subscription, change) = (plain(), raised(&plain(), now));
        let check = |at| change.check(&subscription, state(&subscription), at);
        assert_eq!(check(now.plus_days(7)), Ok(()));
        assert_eq!(check(now.plus_days(7).plus_seconds(1)), Err(Refusal::TooLate));
    }

    #[test]
    fn what_was_planned_is_planned_again() {
        let change = raised(&plain(), Moment::now());
        let twelve = Some(Quantity::of(12));
        let dropped = QuantityChange { dropped_plan: twelve, ..change.clone() };
        assert_eq!(dropped.planned_again(None), twelve);
        assert_eq!(dropped.planned_again(Some(Quantity::of(3))), Some(Quantity::of(3)));
        assert_eq!(change.planned_again(Some(change.old)), None, "it is so already");
        assert_eq!(change.planned_again(None), None);
    }

    #[test]
    fn only_what_stands_as_the_change_left_it_is_restored() {
        let now = Moment::now();
        let change = raised(&plain(), now);
        let refusal = |one: Subscription| change.check(&one, state(&one), now).err();
        let dearer = Money::new(600, plain().unit_price.currency);
        assert_eq!(refusal(Subscription { unit_price: dearer, ..plain() }), Some(Refusal::ChangedSince));
        assert_eq!(
            refusal(Subscription { quantity: Quantity::of(11), ..plain() }),
            Some(Refusal::ChangedSince)
        );
        let suspended = Subscription { status: Status::Suspended, ..plain() };
        assert_eq!(refusal(suspended), Some(Refusal::Rule(rules::Refusal::Suspended)));
        let deleted = Subscription { status: Status::Deleted, ..plain() };
        assert_eq!(refusal(deleted), Some(Refusal::Rule(rules::Refusal::Deleted)));
    }
}
