//! Cancelling an order as a whole, on the day it was placed.

use chrono_tz::Tz;

use super::{Order, Totals};
use crate::activity::model::start_of;
use crate::catalog::model::Billing;
use crate::subscriptions::model::{Status, Subscription};
use crate::values::id::OrderId;
use crate::values::mark::mark_of;
use crate::values::moment::{Moment, days_after};
use crate::values::money::Money;

/// What cancelling an order would end.
#[derive(Clone, Debug)]
pub struct Ending {
    pub order: Order,
    /// What the order has bought and is still there.
    pub subscriptions: Vec<Subscription>,
    /// How many licenses of users nothing holds any more afterwards.
    pub left_without: i64,
    pub refusal: Option<Refusal>,
}

/// Which rule refuses it. `templates/orders/cancel_order.html` says so, and what to do.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// The day is over on which it was placed, or none was kept.
    TooLate,
    /// Other orders have bought add-ons to what it has bought.
    AddOns(Vec<AddOn>),
}

/// An add-on that another order has bought.
#[derive(Clone, Debug)]
pub struct AddOn {
    pub name: String,
    pub order: OrderId,
    pub number: String,
}

impl Refusal {
    /// Names the rule in the activity log.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLate => "too_late",
            Self::AddOns(_) => "add_ons_elsewhere",
        }
    }
}

/// The last moment of a day, for somebody in a time zone, that has this moment.
pub fn last_moment(now: Moment, zone: Tz) -> Moment {
    start_of(days_after(now.at(zone).date_naive(), 1), zone).plus_seconds(-1)
}

impl Ending {
    /// What will not be billed: what the subscriptions cost now.
    pub fn totals(&self) -> Totals {
        let nothing = Money::new(0, self.order.row.totals.monthly.currency);
        let start = Totals { monthly: nothing, annual: nothing, upfront: nothing };
        self.subscriptions.iter().fold(start, |sum, one| match one.billing {
            Billing::Monthly => Totals { monthly: sum.monthly.plus(one.total()), ..sum },
            Billing::Annual => Totals { annual: sum.annual.plus(one.total()), ..sum },
            Billing::Never => sum,
        })
    }

    /// Which subscriptions a page has shown, and how they stood.
    pub fn mark(&self) -> String {
        let line = |one: &Subscription| format!("{} {} {}\n", one.id, one.version, one.status.as_text());
        let lines: String = self.subscriptions.iter().map(line).collect();
        mark_of(&format!("{lines}{}", self.left_without))
    }

    pub fn has_usage(&self) -> bool {
        self.subscriptions.iter().any(Subscription::is_usage_based)
    }
}

/// Whether a subscription is still there to be ended.
pub fn is_there(subscription: &Subscription, now: Moment) -> bool {
    subscription.standing(now.day()) != Status::Deleted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_whoever_placed_the_order() {
        let at = |text: &str| Moment::parse_iso(text).unwrap();
        let last = |text: &str, zone| last_moment(at(text), zone).iso();
        assert_eq!(last("2026-11-28T22:59:59Z", Tz::Europe__Berlin), "2026-11-28T22:59:59Z");
        assert_eq!(last("2026-11-28T23:00:00Z", Tz::Europe__Berlin), "2026-11-29T22:59:59Z");
        assert_eq!(last("2026-11-28T14:59:00Z", Tz::Asia__Tokyo), "2026-11-28T14:59:59Z");
        assert_eq!(last("2026-11-28T15:00:00Z", Tz::Asia__Tokyo), "2026-11-29T14:59:59Z");
        // The day with the change of the clocks has 25 hours there.
        assert_eq!(last("2026-10-24T22:30:00Z", Tz::Europe__Berlin), "2026-10-25T22:59:59Z");
    }
}
