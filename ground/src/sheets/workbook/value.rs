//! What a number in a workbook says.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rust_decimal::prelude::ToPrimitive as _;

use super::styles::Look;

const SECONDS_A_DAY: i64 = 24 * 60 * 60;
/// The day after the last that a workbook knows, which is that of the year 9999.
const DAYS: f64 = 2_958_466.0;

/// A number as people see it, as far as that matters: whole numbers keep their digits, others have as many as Excel
/// shows at most, days are written as ISO 8601 says.
pub fn number(text: &str, look: Look, counts_from_1904: bool) -> String {
    let is_digits = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    match (look, text.parse::<f64>()) {
        (Look::Moment, Ok(days)) => moment(days, counts_from_1904).unwrap_or_else(|| rounded(days)),
        (Look::Digits(width), _) if is_digits => format!("{text:0>width$}"),
        (_, Ok(number)) if !is_digits && number.is_finite() => rounded(number),
        _ => text.to_owned(),
    }
}

/// With fifteen digits: workbooks hold some more, which come from counting in binary, and nobody sees them.
fn rounded(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A day, a time of day, or both, of days and parts of a day since the calendar of the workbook begins.
fn moment(days: f64, counts_from_1904: bool) -> Option<String> {
    if !(0.0..DAYS).contains(&days) {
        return None;
    }
    let seconds = (days * 86_400.0).round().to_i64()?;
    let is_day = seconds >= SECONDS_A_DAY;
    // The calendar of Excel has a 29th of February 1900, the 60th day, as Lotus 1-2-3 had it.
    let first = match counts_from_1904 {
        true => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        false if seconds < 60 * SECONDS_A_DAY => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        false => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let moment = first.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::try_seconds(seconds)?)?;
    Some(shown(moment, is_day, seconds % SECONDS_A_DAY != 0))
}

fn shown(moment: NaiveDateTime, is_day: bool, is_time: bool) -> String {
    let format = match (is_day, is_time) {
        (true, true) => "%Y-%m-%d %H:%M:%S",
        (false, true) => "%H:%M:%S",
        (_, false) => "%Y-%m-%d",
    };
    moment.format(format).to_string()
}

/// A moment that is written out: a day alone is no midnight.
pub fn written_out(text: &str) -> String {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let time = time.trim_end_matches('Z');
    let is_midnight = time.bytes().all(|sign| matches!(sign, b'0' | b':' | b'.'));
    if is_midnight { day.to_owned() } else { format!("{day} {time}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_people_see_them() {
        for (kept, seen) in [
            ("12", "12"),
            ("12.0", "12"),
            ("5.0999999999999996", "5.1"),
            ("0.30000000000000004", "0.3"),
            ("4.9301234567E11", "493012345670"),
            ("4930123456789", "4930123456789"),
            ("00123", "00123"),
            ("-0", "0"),
            ("-1.50", "-1.5"),
            ("nan", "nan"),
            ("", ""),
            ("12345678901234567890", "12345678901234567890"),
        ] {
            assert_eq!(number(kept, Look::Plain, false), seen, "{kept}");
        }
        assert_eq!(number("1067", Look::Digits(5), false), "01067");
        assert_eq!(number("1067.5", Look::Digits(5), false), "1067.5");
    }

    #[test]
    fn days_are_days() {
        for (kept, seen) in [
            ("46053", "2026-01-31"),
            ("46053.5", "2026-01-31 12:00:00"),
            ("46053.999999", "2026-02-01"),
            ("0.25", "06:00:00"),
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("61", "1900-03-01"),
            ("-1", "-1"),
            ("1e300", &format!("1{}", "0".repeat(300))),
            ("NaN", "NaN"),
        ] {
            assert_eq!(number(kept, Look::Moment, false), seen, "{kept}");
        }
        assert_eq!(number("44591", Look::Moment, true), "2026-01-31");
        for (kept, seen) in [
            ("2026-01-31", "2026-01-31"),
            ("2026-01-31T00:00:00Z", "2026-01-31"),
            ("2026-01-31T08:30:00", "2026-01-31 08:30:00"),
        ] {
            assert_eq!(written_out(kept), seen);
        }
    }
}
