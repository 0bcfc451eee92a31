//! What a customer spends in a month, and how that stands beside its budget. A budget stops nothing.

use chrono::{Datelike as _, Months, NaiveDate};

use super::cost::Cost;
use crate::text_enum;
use crate::values::currency::Currency;
use crate::values::money::Money;

text_enum! {
    /// How the spending of a month stands beside the budget.
    pub enum Standing {
        NoBudget = "no_budget",
        Within = "within",
        /// At least [`NEAR`] per cent are used.
        Nearing = "nearing",
        /// More is used than the budget.
        Exceeded = "exceeded",
    }
}

/// From so many per cent on, people are told.
pub const NEAR: i64 = 80;

impl Standing {
    pub fn of(spent: Cost, budget: Option<Money>) -> Self {
        let Some(budget) = budget.map(Cost::of_money) else { return Self::NoBudget };
        match () {
            () if spent > budget => Self::Exceeded,
            () if spent.percent_of(budget) >= NEAR => Self::Nearing,
            () => Self::Within,
        }
    }

    /// What is told when a month has come to this: what is less than the budget is told no more once that is exceeded.
    pub fn told(self) -> &'static [Self] {
        match self {
            Self::NoBudget | Self::Within => &[],
            Self::Nearing => &[Self::Nearing],
            Self::Exceeded => &[Self::Nearing, Self::Exceeded],
        }
    }
}

/// What was spent in a month, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spending {
    /// Its first day.
    pub month: NaiveDate,
    pub spent: Cost,
    /// The last day of which something is known.
    pub last_day: Option<NaiveDate>,
    pub currency: Currency,
    pub budget: Option<Money>,
}

impl Spending {
    pub fn so_far(&self) -> Money {
        self.spent.money(self.currency)
    }

    /// What the whole month costs, if every day costs as much as those up to the last one that is known: nothing can be
    /// said where none is.
    pub fn estimate(&self) -> Option<Money> {
        let days = i128::from(self.last_day?.day());
        let whole = i128::from(days_in(self.month));
        let estimate = i128::from(self.spent.millionths()) * whole / days.max(1);
        Some(Cost::of(i64::try_from(estimate).unwrap_or(i64::MAX)).money(self.currency))
    }

    /// So many per cent of the budget are used.
    pub fn share(&self) -> Option<i64> {
        self.budget.map(|budget| self.spent.percent_of(Cost::of_money(budget)))
    }

    pub fn standing(&self) -> Standing {
        Standing::of(self.spent, self.budget)
    }
}

/// The first day of the month of a day.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first day of the month after this one.
pub fn month_after(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).unwrap_or(month)
}

/// The first day of the month before this one.
pub fn month_before(month: NaiveDate) -> NaiveDate {
    month.checked_sub_months(Months::new(1)).unwrap_or(month)
}

fn days_in(month: NaiveDate) -> i64 {
    (month_after(month) - month).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn spent(amount: &str, until: Option<&str>, budget: Option<i64>) -> Spending {
        let budget = budget.map(|minor| Money::new(minor, Currency::Eur));
        let (spent, last_day) = (Cost::parse(amount).unwrap(), until.map(day));
        Spending { month: day("2026-02-01"), spent, last_day, currency: Currency::Eur, budget }
    }

    #[test]
    fn the_days_that_are_known_say_what_the_month_will_cost() {
        let estimate = |amount, until| spent(amount, until, None).estimate().map(|money| money.minor);
        assert_eq!(estimate("70", Some("2026-02-07")), Some(28_000));
        assert_eq!(estimate("70", Some("2026-02-28")), Some(7_000));
        assert_eq!(estimate("0", Some("2026-02-03")), Some(0));
        assert_eq!(estimate("0", None), None);
    }

    #[test]
    fn a_budget_is_near_from_eighty_per_cent_on_and_exceeded_beyond_all_of_it() {
        let standing = |amount| spent(amount, None, Some(10_000)).standing();
        assert_eq!(standing("79.999999"), Standing::Within);
        assert_eq!(standing("80"), Standing::Nearing);
        assert_eq!(standing("100"), Standing::Nearing);
        assert_eq!(standing("100.000001"), Standing::Exceeded);
        assert_eq!(spent("100", None, None).standing(), Standing::NoBudget);
        assert_eq!(spent("42.5", None, Some(10_000)).share(), Some(42));
    }

    #[test]
    fn months_begin_on_their_first_day() {
        assert_eq!(month_of(day("2026-11-30")), day("2026-11-01"));
        assert_eq!(
            (month_after(day("2026-12-01")), month_before(day("2026-01-01"))),
            (day("2027-01-01"), day("2025-12-01"))
        );
    }
}
