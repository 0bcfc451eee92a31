//! A point in time: UTC, cut to microseconds, which both databases keep exactly.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// A point in time in UTC with microsecond precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType)]
pub struct Moment(NaiveDateTime);

/// So far the clocks of machines that share a database may be apart.
const CLOCKS_APART_SECONDS: i64 = 300;

impl Moment {
    pub fn now() -> Self {
        // PostgreSQL keeps microseconds, SQLite whatever it is given: cut, so that what was saved equals what is in hand.
        Self(Utc::now().naive_utc().trunc_subsecs(6))
    }

    /// The moment so many seconds after 1970 began; the first moment for seconds out of range.
    pub fn from_unix(seconds: i64) -> Self {
        Self(DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc())
    }

    pub fn unix(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// Midnight (UTC) at the beginning of a day.
    pub fn start_of(day: NaiveDate) -> Self {
        Self(day.and_time(chrono::NaiveTime::MIN))
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + TimeDelta::seconds(seconds))
    }

    /// How many seconds it is later than another one; negative where it is earlier.
    pub fn seconds_since(self, other: Self) -> i64 {
        self.unix() - other.unix()
    }

    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0 + TimeDelta::days(days))
    }

    /// The latest moment that can have been kept by now for something that comes at most so many seconds later. What
    /// is later was kept while a clock was ahead: it is not believed, or people would wait until that clock was right.
    pub fn farthest(self, seconds: i64) -> Self {
        self.plus_seconds(seconds.saturating_add(CLOCKS_APART_SECONDS))
    }

    /// Whether a moment that was kept when it came can have been, seen from now.
    pub fn can_have_been(self, now: Self) -> bool {
        self <= now.farthest(0)
    }

    /// The beginning of its hour.
    pub fn start_of_hour(self) -> Self {
        Self::from_unix(self.unix().div_euclid(3600) * 3600)
    }

    /// The day in UTC.
    pub fn day(self) -> NaiveDate {
        self.0.date()
    }

    /// The same moment on the clock of a time zone.
    pub fn at(self, zone: Tz) -> DateTime<Tz> {
        self.0.and_utc().with_timezone(&zone)
    }

    /// ISO 8601 with a Z, for exports.
    pub fn iso(self) -> String {
        self.0.and_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Reads what [`Moment::iso`] wrote.
    pub fn parse_iso(text: &str) -> Option<Self> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok().map(Self)
    }

    /// ISO 8601 to the microsecond: exact, so that a page key can carry it.
    pub fn exact(self) -> String {
        self.0.format("%Y-%m-%dT%H:%M:%S%.6f").to_string()
    }

    /// Reads what [`Moment::exact`] wrote, of years with four digits and no sign: others have never been written,
    /// and not every database can compare them.
    pub fn parse_exact(text: &str) -> Option<Self> {
        let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(Self)?;
        let is_as_written = (0..=9999).contains(&moment.0.year()) && moment.exact() == text;
        is_as_written.then_some(moment)
    }
}

/// The day so many months later; the last day of that month where the day does not exist there.
pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The day so many days later.
pub fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_exact_moment_reads_back() {
        let now = Moment::now();
        assert_eq!(Moment::parse_exact(&now.exact()), Some(now));
        assert_eq!(Moment::parse_exact("yesterday"), None);
        assert_eq!(Moment::parse_exact("-026-01-31T10:42:00.000000"), None);
    }

    proptest! {
        #[test]
        fn a_moment_that_is_read_has_four_digits_of_a_year(text in "[-+]?[0-9]{1,6}-0[1-9]-[0-2][0-9]T1[0-9]:42:00(\\.[0-9]{0,7})?") {
            if let Some(moment) = Moment::parse_exact(&text) {
                prop_assert!((0..=9999).contains(&moment.day().year()));
                prop_assert_eq!(moment.exact(), text);
            }
        }

        #[test]
        fn every_moment_that_is_written_reads_back(seconds in -62_167_219_200_i64..253_402_300_800, micros in 0_i64..1_000_000) {
            let moment = Moment(Moment::from_unix(seconds).0 + TimeDelta::microseconds(micros));
            prop_assert_eq!(Moment::parse_exact(&moment.exact()), Some(moment));
        }
    }

    #[test]
    fn an_exported_moment_reads_back_to_the_second() {
        let moment = Moment::from_unix(1_795_000_000);
        assert_eq!(Moment::parse_iso(&moment.iso()), Some(moment));
        assert_eq!(Moment::parse_iso("2026-11-21"), None);
    }

    #[test]
    fn what_a_clock_kept_that_was_ahead_cannot_have_been() {
        let now = Moment::now();
        for seconds in [-86_400, 0, CLOCKS_APART_SECONDS] {
            assert!(now.plus_seconds(seconds).can_have_been(now), "{seconds}");
        }
        assert!(!now.plus_days(400).can_have_been(now));
        assert!(now.plus_seconds(60) <= now.farthest(60) && now.plus_days(1) > now.farthest(60));
    }

    #[test]
    fn a_month_after_the_thirty_first_stays_in_the_month() {
        let day = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
        assert_eq!(months_after(day, 1), NaiveDate::from_ymd_opt(2027, 2, 28).unwrap());
    }
}
