//! Which part of the log somebody asks for.

use chrono::{Datelike as _, Months, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::model::{Action, Query, start_of};
use crate::error::{Error, Result};
use crate::values;
use crate::values::id::CustomerId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::printable_line;
use crate::web::Problems;

/// The filter as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Filter {
    /// The first day, in the viewer's time zone.
    pub from: String,
    /// The last day.
    pub to: String,
    /// A part of the affected customer's name.
    pub search: String,
    /// The affected customer's id.
    pub customer: String,
    pub action: String,
}

impl Filter {
    /// The most recent month, where no days were given.
    #[must_use]
    pub fn or_most_recent_month(mut self, today: NaiveDate) -> Self {
        for part in [&mut self.from, &mut self.to, &mut self.search, &mut self.customer, &mut self.action] {
            // It is shown again, and a page must not hold control characters.
            *part = printable_line(part);
        }
        // The name of the export holds them, too.
        self.from = values::day::for_calendars(self.from);
        self.to = values::day::for_calendars(self.to);
        let to = day(&self.to).unwrap_or(today);
        if self.to.trim().is_empty() {
            self.to = today.to_string();
        }
        if self.from.trim().is_empty() {
            let from = to.min(today).checked_sub_months(Months::new(1)).unwrap_or(to);
            self.from = from.to_string();
        }
        self
    }

    /// The customer whose records are asked for, alone.
    ///
    /// # Errors
    /// [`Error::NotFound`] when what the address holds is no id.
    pub fn customer(&self) -> Result<Option<CustomerId>> {
        match self.customer.trim() {
            "" => Ok(None),
            text => CustomerId::parse(text).map(Some).ok_or(Error::NotFound),
        }
    }

    /// What to look for; days begin in this time zone.
    ///
    /// # Errors
    /// What is wrong with a field.
    pub fn parse(&self, customer: Option<CustomerId>, zone: Tz) -> Result<Query, Problems> {
        let mut problems = Problems::default();
        let from = problems.field("from", day(&self.from));
        let to = problems.field("to", day(&self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            problems.on("to", Problem::BeforeTheStart);
        }
        let search = problems.field("search", name::optional(&self.search, name::COMPANY));
        let action = problems.field("action", action(&self.action));
        problems.or(|| {
            let search = Some(name::sort_name(&search?)).filter(|search| !search.is_empty());
            let until = start_of(to?.succ_opt()?, zone);
            Some(Query { from: start_of(from?, zone), until, search, customer, action: action? })
        })
    }

    /// Whether more than the period is narrowed.
    pub fn is_narrow(&self) -> bool {
        !(self.search.is_empty() && self.customer.is_empty() && self.action.is_empty())
    }
}

/// Days beyond these years are slips of the finger, and databases disagree about them.
fn day(text: &str) -> Result<NaiveDate, Problem> {
    match values::day::parse(text)? {
        day if day.year() < 1970 => Err(Problem::BeforeYear { year: 1970 }),
        day if day.year() > 9998 => Err(Problem::YearDigits),
        day => Ok(day),
    }
}

fn action(text: &str) -> Result<Option<Action>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => Action::from_text(text).map(Some).ok_or(Problem::UnknownChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 31).unwrap()
    }

    #[test]
    fn without_days_it_is_the_most_recent_month() {
        let filter = Filter::default().or_most_recent_month(today());
        assert_eq!((filter.from.as_str(), filter.to.as_str()), ("2026-02-28", "2026-03-31"));
        let filter =
            Filter { to: "2025-01-15".to_owned(), ..Filter::default() }.or_most_recent_month(today());
        assert_eq!(filter.from, "2024-12-15");
    }

    #[test]
    fn days_begin_in_the_time_zone() {
        let filter = Filter { from: "2026-03-29".into(), to: "2026-03-29".into(), ..Filter::default() };
        let query = filter.parse(None, Tz::Europe__Berlin).unwrap();
        assert_eq!(query.from.iso(), "2026-03-28T23:00:00Z");
        // The clock goes forward on that day, which therefore has 23 hours.
        assert_eq!(query.until.iso(), "2026-03-29T22:00:00Z");
    }

    #[test]
    fn the_last_day_is_not_before_the_first() {
        let filter = Filter { from: "2026-03-02".into(), to: "2026-03-01".into(), ..Filter::default() };
        let problems = filter.parse(None, Tz::UTC).unwrap_err();
        assert_eq!(problems.at("to"), Some(&Problem::BeforeTheStart));
    }

    proptest! {
        #[test]
        fn any_filter_is_answered(from in any::<String>(), to in "[-+0-9]{0,12}", action in any::<String>()) {
            let filter = Filter { from, to, action, ..Filter::default() }.or_most_recent_month(today());
            if let Ok(query) = filter.parse(None, Tz::America__Sao_Paulo) {
                prop_assert!(query.from < query.until);
            }
        }
    }
}
