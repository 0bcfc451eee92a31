//! What is bought in place of what a customer has: how many, billed how, at which price and for how long.

use chrono::NaiveDate;

use super::{Cost, term};
use crate::catalog::model::{Billing, Listed, Offer};
use crate::values::mark::mark_of;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// One unit for one billing period, as the catalogue asks today; nothing where it has no price.
pub fn unit_price(listed: &Listed, billing: Billing) -> Option<Money> {
    listed.price.map(|price| price.per_period(billing))
}

/// How somebody wants an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub quantity: Quantity,
    pub billing: Billing,
}

impl Wanted {
    /// One unit for one billing period.
    pub fn unit_price(self, listed: &Listed) -> Option<Money> {
        unit_price(listed, self.billing)
    }

    /// All of it costs so much.
    pub fn cost(self, listed: &Listed) -> Option<Cost> {
        Some(Cost::of(self.unit_price(listed)?, self.billing, self.quantity))
    }

    /// The term begins on the day itself, like that of anything bought on that day.
    pub fn term(self, offer: &Offer, today: NaiveDate) -> Term {
        let (starts_on, months) = (term::starts_on(today), term::months(offer.term_months, self.billing));
        Term { starts_on, renews_on: term::renews_on(starts_on, months), months }
    }

    /// What a page has shown of it: two with the same mark show the same.
    pub fn mark(self, listed: &Listed) -> String {
        let price = self.unit_price(listed);
        let price =
            price.map_or_else(String::new, |price| format!("{} {}", price.minor, price.currency.code()));
        let (quantity, billing) = (self.quantity.get(), self.billing.as_text());
        let months = term::months(listed.offer.term_months, self.billing);
        mark_of(&format!("{} {quantity} {billing} {price} {months}", listed.offer.id))
    }
}

/// From when to when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
    pub months: i32,
}
