//! Days and times as people read them.

use askama::Template;
use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;

use super::{Language, filters};
use crate::values::moment::Moment;

#[derive(Template)]
#[template(path = "kit/date.txt")]
struct Day {
    day: u32,
    month: u32,
    year: i32,
}

#[derive(Template)]
#[template(path = "kit/long_date.txt")]
struct LongDay {
    day: u32,
    month: u32,
    year: i32,
}

#[derive(Template)]
#[template(path = "kit/time.txt")]
struct Time<'a> {
    day: &'a str,
    time: &'a str,
    place: &'a str,
}

impl Language {
    /// A calendar day: `21 Nov 2026`.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        self.write(&Day { day: day.day(), month: day.month(), year: day.year() })
    }

    /// The same at length: `21 November 2026`.
    #[must_use]
    pub fn long_date(self, day: NaiveDate) -> String {
        self.write(&LongDay { day: day.day(), month: day.month(), year: day.year() })
    }

    /// Day and time in a time zone, with the zone: `21 Nov 2026, 10:42 (Berlin)`.
    #[must_use]
    pub fn time(self, zone: Tz, moment: Moment) -> String {
        let there = moment.at(zone);
        let place = zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ");
        let (day, time) = (self.date(there.date_naive()), there.format("%H:%M").to_string());
        self.write(&Time { day: &day, time: &time, place: &place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_short() {
        let days = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 5));
        let all: Vec<_> = days.map(|day| Language::ENGLISH.date(day)).collect();
        assert_eq!((all.len(), all[0].as_str(), all[11].as_str()), (12, "5 Jan 2026", "5 Dec 2026"));
    }

    #[test]
    fn a_time_says_where() {
        let moment = Moment::parse_iso("2026-11-21T09:42:00Z").unwrap();
        let time = |zone| Language::ENGLISH.time(zone, moment);
        assert_eq!(time(chrono_tz::Europe::Berlin), "21 Nov 2026, 10:42 (Berlin)");
        assert_eq!(time(chrono_tz::America::New_York), "21 Nov 2026, 04:42 (New York)");
    }
}
