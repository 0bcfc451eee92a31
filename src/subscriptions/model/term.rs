//! From when to when a subscription runs.

use chrono::{Datelike as _, NaiveDate};

pub use crate::catalog::model::ENDLESS_MONTHS;

use crate::catalog::model::Billing;
use crate::values::moment::months_after;

/// What is bought on the 29th, 30th or 31st starts on the first of the next month, so that every month
/// has the day on which it renews.
pub fn starts_on(bought_on: NaiveDate) -> NaiveDate {
    match bought_on.with_day(1) {
        Some(first) if bought_on.day() > 28 => months_after(first, 1),
        _ => bought_on,
    }
}

/// How long a term is of what an offer sells by so many months: what is billed annually has a year at least.
pub fn months(offered: i32, billing: Billing) -> i32 {
    if billing == Billing::Annual { offered.max(YEAR) } else { offered }
}

const YEAR: i32 = 12;

/// When a subscription of so many months renews for the first time.
pub fn renews_on(starts_on: NaiveDate, term_months: i32) -> NaiveDate {
    months_after(starts_on, u32::try_from(term_months).unwrap_or_default())
}

/// When an add-on renews: together with its base, whose renewals may have passed before the add-on even starts.
pub fn renews_with(base_renews_on: NaiveDate, starts_on: NaiveDate, term_months: i32) -> NaiveDate {
    let term_months = term_months.clamp(1, ENDLESS_MONTHS);
    let mut renews = base_renews_on;
    while renews <= starts_on {
        renews = renews_on(renews, term_months);
    }
    renews
}

/// When the term began that is over on a day of renewal: not before the first one.
pub fn began_on(starts_on: NaiveDate, renews_on: NaiveDate, term_months: i32) -> NaiveDate {
    let number = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default();
    let passed = number(renews_on) - number(starts_on);
    let is_counted = self::renews_on(starts_on, passed) == renews_on;
    let began_on = match is_counted {
        true => self::renews_on(starts_on, (passed - term_months).max(0)),
        false => {
            let back = chrono::Months::new(u32::try_from(term_months).unwrap_or_default());
            renews_on.checked_sub_months(back).unwrap_or(starts_on)
        }
    };
    began_on.max(starts_on)
}

/// When a term is over that begins on a day of renewal: on the same day of the month as all before it, also where a shorter
/// month lay between them.
pub fn next_renewal(starts_on: NaiveDate, renewed_on: NaiveDate, term_months: i32) -> NaiveDate {
    let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default();
    let passed = months(renewed_on) - months(starts_on);
    // A new term may have been begun between two such days, when it was to be billed annually.
    match renews_on(starts_on, passed) == renewed_on {
        true => renews_on(starts_on, passed.saturating_add(term_months)),
        false => renews_on(renewed_on, term_months),
    }
}

/// Whether a term of so many months ends some day; what is billed by usage runs until it is cancelled.
pub fn ends(term_months: i32) -> bool {
    term_months < ENDLESS_MONTHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn purchases_at_the_end_of_a_month_start_on_the_first() {
        assert_eq!(starts_on(day(2026, 11, 28)), day(2026, 11, 28));
        assert_eq!(starts_on(day(2026, 11, 29)), day(2026, 12, 1));
        assert_eq!(starts_on(day(2026, 12, 31)), day(2027, 1, 1));
        assert_eq!(starts_on(day(2028, 2, 29)), day(2028, 3, 1));
    }

    #[test]
    fn a_year_later_it_renews() {
        assert_eq!(renews_on(day(2026, 11, 21), 12), day(2027, 11, 21));
        assert_eq!(renews_on(day(2026, 11, 21), 1), day(2026, 12, 21));
    }

    #[test]
    fn the_day_of_the_month_comes_back_after_a_shorter_month() {
        let first = day(2026, 12, 31);
        assert_eq!(next_renewal(first, day(2027, 1, 31), 1), day(2027, 2, 28));
        assert_eq!(next_renewal(first, day(2027, 2, 28), 1), day(2027, 3, 31));
        assert_eq!(next_renewal(day(2024, 2, 29), day(2027, 2, 28), 12), day(2028, 2, 29));
        assert_eq!(next_renewal(first, day(2027, 2, 15), 12), day(2028, 2, 15), "it began anew");
    }

    #[test]
    fn a_term_began_with_the_order_a_renewal_or_anew() {
        assert_eq!(began_on(day(2026, 3, 1), day(2027, 3, 1), 12), day(2026, 3, 1));
        assert_eq!(began_on(day(2026, 3, 1), day(2028, 3, 1), 12), day(2027, 3, 1));
        assert_eq!(began_on(day(2026, 12, 31), day(2027, 3, 31), 1), day(2027, 2, 28));
        assert_eq!(
            began_on(day(2026, 3, 1), day(2027, 11, 20), 12),
            day(2026, 11, 20),
            "billed annually since"
        );
        assert_eq!(began_on(day(2026, 11, 20), day(2027, 3, 1), 12), day(2026, 11, 20), "an add-on");
    }

    #[test]
    fn an_add_on_renews_with_its_base() {
        let base = day(2027, 3, 5);
        assert_eq!(renews_with(base, day(2026, 11, 21), 12), base);
        assert_eq!(renews_with(day(2026, 11, 30), day(2026, 12, 1), 12), day(2027, 11, 30));
        assert_eq!(renews_with(day(2024, 3, 5), day(2026, 11, 21), 12), day(2027, 3, 5));
        assert_eq!(renews_with(day(2026, 9, 5), day(2026, 11, 21), 1), day(2026, 12, 5));
    }

    proptest! {
        #[test]
        fn each_term_began_when_the_one_before_was_over(days in 0u64..20_000, months in 1..37i32, terms in 1..20) {
            let start = day(2000, 1, 1) + chrono::Days::new(days);
            let mut over = renews_on(start, months);
            prop_assert_eq!(began_on(start, over, months), start);
            for _ in 0..terms {
                let next = next_renewal(start, over, months);
                prop_assert_eq!(began_on(start, next, months), over);
                over = next;
            }
        }

        #[test]
        fn a_start_is_a_day_that_every_month_has(days in 0u64..40_000) {
            let bought = day(2000, 1, 1) + chrono::Days::new(days);
            let start = starts_on(bought);
            prop_assert!(start.day() <= 28 && start >= bought && (start - bought).num_days() <= 3);
        }
    }
}
