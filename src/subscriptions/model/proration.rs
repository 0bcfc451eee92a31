//! What a part of a billing period costs. The policy, for want of one on which the field agrees: exact for each unit by
//! days, rounded half up to the minor unit of the currency, and only then times the quantity.

use chrono::{Datelike as _, NaiveDate};

use super::{Subscription, term};
use crate::catalog::model::Billing;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// The billing period in which a day falls, as far as it is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    pub from: NaiveDate,
    /// The first day of the next period.
    pub until: NaiveDate,
    /// How many days the whole period has.
    pub of_days: u32,
}

impl Rest {
    /// What is left of the period of a subscription in which a day falls, that day counted. What starts later begins with a
    /// whole one.
    pub fn of(subscription: &Subscription, day: NaiveDate) -> Option<Self> {
        let months = match subscription.billing {
            Billing::Monthly => 1,
            Billing::Annual => 12,
            Billing::Never => return None,
        };
        let from = day.max(subscription.starts_on);
        // All periods of a term end on the day of the month on which it does.
        let anchor = anchor(subscription);
        let passed = (from.year() - anchor.year()) * 12 + month(from) - month(anchor);
        let mut number = passed.div_euclid(months);
        while boundary(anchor, number * months) > from {
            number -= 1;
        }
        while boundary(anchor, (number + 1) * months) <= from {
            number += 1;
        }
        let (begun, until) = (boundary(anchor, number * months), boundary(anchor, (number + 1) * months));
        Some(Self { from, until, of_days: days(begun, until) })
    }

    /// How many days are left.
    pub fn days(self) -> u32 {
        days(self.from, self.until)
    }

    /// What one unit costs for what is left.
    pub fn of_one(self, unit_price: Money) -> Money {
        unit_price.share(self.days(), self.of_days)
    }

    /// What so many more, or fewer, units cost for what is left.
    pub fn of_more(self, unit_price: Money, (old, new): (Quantity, Quantity)) -> Money {
        self.of_one(unit_price).times(new.get() - old.get())
    }
}

/// The day from which the months of its terms are counted: its start, unless a term was begun anew since.
fn anchor(subscription: &Subscription) -> NaiveDate {
    let (start, renews) = (subscription.starts_on, subscription.renews_on);
    let passed = (renews.year() - start.year()) * 12 + month(renews) - month(start);
    if boundary(start, passed) == renews { start } else { renews }
}

fn boundary(anchor: NaiveDate, months: i32) -> NaiveDate {
    match u32::try_from(months) {
        Ok(months) => term::renews_on(anchor, i32::try_from(months).unwrap_or(i32::MAX)),
        Err(_) => {
            let back = chrono::Months::new(months.unsigned_abs());
            anchor.checked_sub_months(back).unwrap_or(NaiveDate::MIN)
        }
    }
}

fn month(day: NaiveDate) -> i32 {
    i32::try_from(day.month0()).unwrap_or_default()
}

fn days(from: NaiveDate, until: NaiveDate) -> u32 {
    u32::try_from((until - from).num_days()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
