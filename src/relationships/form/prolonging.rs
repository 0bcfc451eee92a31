//! Until when delegations last, as typed.

use chrono::NaiveDate;
use serde::Deserialize;

use super::last_day;
use crate::error::{Error, Result};
use crate::relationships::wrong::Wrong;
use crate::values::day;
use crate::values::id::DelegationId;
use crate::values::moment::days_after;
use crate::values::problem::Problem;
use crate::values::typed::{printable_line, typed_line};
use crate::web::Problems;

/// Another last day of one delegation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProlongationForm {
    /// The last day that the page showed; empty for none.
    #[serde(deserialize_with = "typed_line")]
    pub shown: String,
    /// `day` or `open`.
    #[serde(deserialize_with = "typed_line")]
    pub until: String,
    #[serde(deserialize_with = "typed_line")]
    pub ends_on: String,
}

impl ProlongationForm {
    pub fn of(shown: Option<NaiveDate>) -> Self {
        let shown = shown.map(|day| day.to_string()).unwrap_or_default();
        Self { shown, until: "day".to_owned(), ends_on: String::new() }
    }

    /// The last day that the page showed.
    ///
    /// # Errors
    /// [`Error::BadRequest`] where that is no day: the page wrote it.
    pub fn shown(&self) -> Result<Option<NaiveDate>> {
        shown(&self.shown)
    }

    /// The new last day; none for open.
    pub fn parse(&self, today: NaiveDate) -> Result<Option<NaiveDate>, Problems> {
        until(&self.until, &self.ends_on, today).map_err(|problem| ("ends_on", problem).into())
    }
}

/// One last day for all that are ticked. Ticks repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct BulkForm {
    pub until: String,
    pub ends_on: String,
    /// An id with the last day that the page showed.
    pub ticked: Vec<String>,
}

/// What was ticked with what the page had shown, and the new last day.
pub type Bulk = (Vec<(DelegationId, NaiveDate)>, Option<NaiveDate>);

impl BulkForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let value = printable_line(&value);
            match name.as_str() {
                "until" => form.until = value,
                "ends_on" => form.ends_on = day::for_calendars(value),
                "ticked" => form.ticked.push(value),
                _ => {}
            }
        }
        form
    }

    pub fn parse(&self, today: NaiveDate) -> Result<Bulk, Problems> {
        let mut problems = Problems::default();
        let ends_on = problems.field("ends_on", until(&self.until, &self.ends_on, today));
        let ticked = problems.field("ticked", self.ticked());
        problems.or(|| Some((ticked?, ends_on?)))
    }

    fn ticked(&self) -> Result<Vec<(DelegationId, NaiveDate)>, Problem> {
        if self.ticked.is_empty() {
            return Err(Wrong::NothingTicked.into());
        }
        let one = |tick: &String| {
            let (id, shown) = tick.split_once(' ')?;
            Some((DelegationId::parse(id)?, NaiveDate::parse_from_str(shown, "%Y-%m-%d").ok()?))
        };
        self.ticked.iter().map(one).collect::<Option<Vec<_>>>().ok_or(Problem::UnknownChoice)
    }

    pub fn is_ticked(&self, tick: &str) -> bool {
        self.ticked.iter().any(|ticked| ticked == tick)
    }
}

fn shown(text: &str) -> Result<Option<NaiveDate>> {
    match text {
        "" => Ok(None),
        text => day::parse(text).map(Some).map_err(|_| Error::BadRequest("shown")),
    }
}

fn until(until: &str, ends_on: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    if until == "open" {
        return Ok(None);
    }
    match last_day(ends_on, days_after(today, 1), today)? {
        Some(last) => Ok(Some(last)),
        None => Err(Problem::Missing),
    }
}
