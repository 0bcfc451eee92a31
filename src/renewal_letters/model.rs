//! When letters come.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day of the next letter after a day: a Monday (UTC).
pub fn next_after(day: NaiveDate) -> NaiveDate {
    let passed = u64::from(day.weekday().days_since(Weekday::Mon));
    day + Days::new(7 - passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn the_next_letter_comes_on_the_monday_that_follows() {
        // The 23rd and the 30th are Mondays.
        for (today, next) in [(22, 23), (23, 30), (24, 30), (28, 30), (29, 30)] {
            assert_eq!(next_after(day(today)), day(next), "{today}");
        }
    }
}
