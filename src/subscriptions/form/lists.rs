//! What the lists of renewals, and of changes that can be undone, are narrowed to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::subscriptions::store::renewals::Selection;
use crate::subscriptions::store::undoable;
use crate::values::moment::{Moment, days_after};

/// In so many days, the list of renewals looks ahead.
pub const WITHIN: [u64; 4] = [7, 30, 60, 90];
const USUAL: u64 = 30;

/// What the list of renewals is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RenewalFilter {
    /// Days; the usual ones where nothing is said.
    pub within: String,
    /// `yes` for what renews, `no` for what ends.
    pub renewing: String,
}

impl RenewalFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(self) -> Self {
        let within = self.days().to_string();
        let renewing =
            if matches!(self.renewing.as_str(), "yes" | "no") { self.renewing } else { String::new() };
        Self { within, renewing }
    }

    /// So many days ahead.
    pub fn days(&self) -> u64 {
        self.within.parse().ok().filter(|days| WITHIN.contains(days)).unwrap_or(USUAL)
    }

    /// What the list holds on a day.
    pub fn selection(&self, today: NaiveDate) -> Selection {
        let renewing = match self.renewing.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        Selection { until: days_after(today, self.days()), renewing }
    }
}

/// Within so many hours, windows close that the list of changes can be narrowed to.
pub const CLOSING: [i64; 3] = [24, 72, 168];

/// What the list of changes that can be undone is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct UndoableFilter {
    /// Hours; empty for all.
    pub closing: String,
}

impl UndoableFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(self) -> Self {
        Self { closing: self.hours().map(|hours| hours.to_string()).unwrap_or_default() }
    }

    /// Within so many hours.
    pub fn hours(&self) -> Option<i64> {
        self.closing.parse().ok().filter(|hours| CLOSING.contains(hours))
    }

    /// What the list holds at a moment.
    pub fn selection(&self, now: Moment) -> undoable::Selection {
        let until = self.hours().map(|hours| now.plus_seconds(hours * 3_600));
        undoable::Selection { now, until }
    }
}
