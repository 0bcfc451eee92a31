//! Making a paid subscription of a trial: the same subscription, with what is paid for in it.

use chrono::NaiveDate;

use super::{Cost, Subscription, term};
use crate::catalog::model::{Billing, Listed, Offer};
use crate::values::mark::mark_of;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// What a trial becomes.
#[derive(Clone, Debug)]
pub struct Conversion {
    pub paid: Listed,
    /// So many users have a license of the trial that no other subscription holds.
    pub users: i64,
}

/// How somebody wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub quantity: Quantity,
    pub billing: Billing,
}

impl Conversion {
    pub fn offer(&self) -> &Offer {
        &self.paid.offer
    }

    /// The fewest and the most that there can be.
    pub fn bounds(&self) -> (i64, i64) {
        (self.offer().minimum, self.offer().largest_quantity())
    }

    /// As many as the trial has, as far as the offer allows.
    pub fn usual_quantity(&self, trial: &Subscription) -> Quantity {
        let (minimum, maximum) = self.bounds();
        Quantity::of(trial.quantity.get().clamp(minimum, maximum.max(minimum)))
    }

    /// How many users would be without a license.
    pub fn left_without(&self, quantity: Quantity) -> i64 {
        (self.users - quantity.get()).max(0)
    }

    /// One unit for one billing period, as the catalogue asks today; nothing where it has no price.
    pub fn unit_price(&self, billing: Billing) -> Option<Money> {
        self.paid.price.map(|price| price.per_period(billing))
    }

    /// The same of what is wanted.
    pub fn price_of(&self, wanted: Wanted) -> Option<Money> {
        self.unit_price(wanted.billing)
    }

    /// What is wanted costs so much.
    pub fn cost(&self, wanted: Wanted) -> Option<Cost> {
        let price = self.price_of(wanted)?;
        Some(Cost::of(price, wanted.billing, wanted.quantity))
    }

    /// The paid term begins on the day of conversion, like that of anything bought on that day.
    pub fn term(&self, billing: Billing, today: NaiveDate) -> Term {
        let (starts_on, months) = (term::starts_on(today), term::months(self.offer().term_months, billing));
        Term { starts_on, renews_on: term::renews_on(starts_on, months), months }
    }

    /// What a page has shown of the price: two with the same mark show the same.
    pub fn mark(&self, wanted: Wanted) -> String {
        let price = self.unit_price(wanted.billing);
        let price =
            price.map_or_else(String::new, |price| format!("{} {}", price.minor, price.currency.code()));
        mark_of(&format!(
            "{} {} {} {price}",
            self.offer().id,
            wanted.quantity.get(),
            wanted.billing.as_text()
        ))
    }
}

/// From when to when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
    pub months: i32,
}
