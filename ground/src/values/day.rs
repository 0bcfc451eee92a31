//! Days as people type them where the browser has no calendar to choose from.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

use crate::values::name::line;
use crate::values::plain::plain;
use crate::values::problem::Problem;

/// The spelling that says which part is which.
const EXAMPLE: &str = "2026-01-31";

/// Year, month and day in this order; two dots, as only those write who begin with the day; or the month as a word.
/// What could mean two days (`03/04/2026`) is none of them.
static SPELLINGS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^(?<year>[0-9]{1,6}) ?[-/. 年] ?(?<month>[0-9]{1,2}) ?[-/. 月] ?(?<day>[0-9]{1,2}) ?[日.]?$",
        r"^(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})$",
        r"^(?<day>[0-9]{1,2})\. ?(?<month>[0-9]{1,2})\. ?(?<year>[0-9]{1,6})$",
        r"^(?<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?[- ]?(?<word>[a-z]{3,9})\.?,?[- ]?(?<year>[0-9]{1,6})$",
        r"^(?<word>[a-z]{3,9})\.? ?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?<year>[0-9]{1,6})$",
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day of the calendar: `2026-01-31` as browsers send it, or another spelling that can mean one day only.
///
/// # Errors
/// [`Problem::Missing`], [`Problem::Malformed`], [`Problem::YearDigits`] or [`Problem::NoSuchDay`].
pub fn parse(typed: &str) -> Result<NaiveDate, Problem> {
    let typed = line(&plain(typed)).to_lowercase();
    if typed.is_empty() {
        return Err(Problem::Missing);
    }
    let malformed = Problem::Malformed { example: EXAMPLE };
    let parts = SPELLINGS.iter().find_map(|spelling| spelling.captures(&typed)).ok_or(malformed.clone())?;
    let month = month_of(&parts).ok_or(malformed.clone())?;
    let number = |name| parts.name(name).and_then(|part| part.as_str().parse().ok());
    let (year, day) = number("year").zip(number("day")).ok_or(malformed)?;
    // Other lengths are slips of the finger, and databases disagree about such years.
    if parts.name("year").is_none_or(|year| year.len() != 4) {
        return Err(Problem::YearDigits);
    }
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(Problem::NoSuchDay)
}

/// What was typed in the one spelling that the calendars of browsers know; what is no day stays as it is.
pub fn for_calendars(typed: String) -> String {
    parse(&typed).map_or(typed, |day| day.to_string())
}

fn month_of(parts: &Captures<'_>) -> Option<u32> {
    let Some(word) = parts.name("word") else { return parts.name("month")?.as_str().parse().ok() };
    let at = MONTHS.iter().position(|month| month.starts_with(word.as_str()))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_day_is_read_in_every_spelling_that_means_one_day() {
        assert_eq!(SPELLINGS.len(), 5, "each is well formed");
        for typed in [
            "2026-11-30",
            " 2026/11/30 ",
            "2026.11.30",
            "2026. 11. 30.",
            "2026 11 30",
            "20261130",
            "２０２６－１１－３０",
            "2026−11−30",
            "٢٠٢٦-١١-٣٠",
            "\u{200e}2026-11-30\u{200b}",
            "2026年11月30日",
            "30.11.2026",
            "30. 11. 2026",
            "30 Nov 2026",
            "30-Nov-2026",
            "30th november 2026",
            "30. November 2026",
            "Nov 30, 2026",
            "November 30th, 2026",
        ] {
            assert_eq!(parse(typed), Ok(day(2026, 11, 30)), "{typed}");
        }
        assert_eq!(parse("2026-2-1"), Ok(day(2026, 2, 1)));
        assert_eq!(parse("1 Sept 2026"), Ok(day(2026, 9, 1)));
        assert_eq!(parse("29 Feb 2028"), Ok(day(2028, 2, 29)));
    }

    #[test]
    fn what_is_no_day_says_so() {
        for typed in [
            "2026-11-31",
            "31 Nov 2026",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "31.11.2026",
        ] {
            assert_eq!(parse(typed), Err(Problem::NoSuchDay), "{typed}");
        }
        for typed in ["20026-11-30", "26-11-30", "202-01-01", "30 Nov 26", "1.1.26"] {
            assert_eq!(parse(typed), Err(Problem::YearDigits), "{typed}");
        }
        for typed in [
            "03/04/2026",
            "11/30/2026",
            "tomorrow",
            "2026-11",
            "-2026-11-30",
            "+2026-11-30",
            "2026-11-30T10:00",
            "30 Foo 2026",
            "2026-11/30x",
        ] {
            assert!(matches!(parse(typed), Err(Problem::Malformed { .. })), "{typed}");
        }
        for typed in ["", " ", "\u{200b}"] {
            assert_eq!(parse(typed), Err(Problem::Missing), "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in "\\PC*|[0-9]{1,6}[-/. ][0-9]{1,3}[-/. ][0-9]{1,3}") {
            if let Ok(day) = parse(&typed) {
                prop_assert_eq!(parse(&day.to_string()), Ok(day));
            }
        }

        #[test]
        fn every_day_reads_back_as_it_is_shown(number in 1..3_000_000) {
            let day = NaiveDate::from_num_days_from_ce_opt(number).unwrap();
            if day < NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap() {
                prop_assert_eq!(parse(&day.to_string()), Ok(day));
                prop_assert_eq!(parse(&day.format("%-d %b %Y").to_string()), Ok(day));
            }
        }
    }
}
