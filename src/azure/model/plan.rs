//! What a file of usage would do, row by row: the same row once more changes nothing, and another one takes its place.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::column::{Column, Sheet};
use super::cost::Cost;
use super::reading::{self, Market};
use super::usage::{Booking, Key, Usage};
use crate::azure::wrong::Wrong;
use crate::previews::model::{Counts, Fate, Judged};
use crate::sheets::Row;
use crate::values::id::SubscriptionId;
use crate::values::mark::mark_of;
use crate::web::Problems;

/// A file beside what is known.
#[derive(Clone, Debug)]
pub struct Plan {
    pub rows: Vec<PlannedRow>,
    /// Heads that are no column.
    pub unknown: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct PlannedRow {
    pub line: u64,
    /// The customer, or what was typed in its place.
    pub customer: String,
    /// As typed, where the day is none.
    pub day: String,
    pub meter: String,
    pub verdict: Verdict,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub enum Verdict {
    New(Booking),
    /// With what it takes the place of.
    Changed(Booking, Usage),
    Same,
    Refused(Problems),
}

/// Rows on their way, each as far as it can be read by itself.
#[derive(Clone, Debug)]
pub struct Read(Vec<Result<Booking, Problems>>);

impl Read {
    pub fn of(sheet: &Sheet, market: &Market) -> Self {
        let mut lines: HashMap<Key, u64> = HashMap::new();
        let mut read = |row: Row<'_, Column>| {
            let booking = reading::read(&row, market)?;
            match lines.insert(booking.key(), row.line) {
                None => Ok(booking),
                Some(line) => {
                    lines.insert(booking.key(), line);
                    Err((Column::Meter.key(), Wrong::AlreadyInLine { line }).into())
                }
            }
        };
        Self(sheet.rows().map(&mut read).collect())
    }

    /// Of which days of which subscriptions there are rows.
    pub fn days(&self) -> BTreeMap<SubscriptionId, Vec<NaiveDate>> {
        let mut days: BTreeMap<SubscriptionId, Vec<NaiveDate>> = BTreeMap::new();
        for booking in self.0.iter().flatten() {
            days.entry(booking.subscription).or_default().push(booking.usage.day);
        }
        for of_one in days.values_mut() {
            of_one.sort_unstable();
            of_one.dedup();
        }
        days
    }
}

impl Plan {
    /// What was read beside what is known of the same days.
    pub fn of(sheet: &Sheet, read: Read, market: &Market, mut known: HashMap<Key, Usage>) -> Self {
        let rows = sheet.rows().zip(read.0);
        let rows = rows.map(|(row, read)| {
            let verdict = match read {
                Err(problems) => Verdict::Refused(problems),
                Ok(booking) => match known.remove(&booking.key()) {
                    None => Verdict::New(booking),
                    Some(old) if old == booking.usage => Verdict::Same,
                    Some(old) => Verdict::Changed(booking, old),
                },
            };
            planned(&row, market, verdict)
        });
        Self { rows: rows.collect(), unknown: sheet.head.unknown.clone() }
    }

    pub fn counts(&self) -> Counts {
        Counts::of(&self.rows)
    }

    /// By how much more is spent afterwards.
    pub fn difference(&self) -> Cost {
        let more = |sum: Cost, row: &PlannedRow| match &row.verdict {
            Verdict::New(booking) => sum.plus(booking.usage.cost),
            Verdict::Changed(booking, old) => sum.plus(booking.usage.cost.minus(old.cost)),
            Verdict::Same | Verdict::Refused(_) => sum,
        };
        self.rows.iter().fold(Cost::default(), more)
    }

    /// What the preview shows, in short: where it is another one, somebody else's file came in between.
    pub fn mark(&self) -> String {
        let line = |row: &PlannedRow| format!("{} {:?}\n", row.line, row.verdict);
        mark_of(&self.rows.iter().map(line).collect::<String>())
    }
}

impl Judged for PlannedRow {
    fn line(&self) -> u64 {
        self.line
    }

    fn fate(&self) -> Fate {
        match self.verdict {
            Verdict::New(_) => Fate::New,
            Verdict::Changed(..) => Fate::Changed,
            Verdict::Same => Fate::Same,
            Verdict::Refused(_) => Fate::Refused,
        }
    }
}

fn planned(row: &Row<'_, Column>, market: &Market, verdict: Verdict) -> PlannedRow {
    let typed = |column: Column| -> String {
        row.get(column).chars().filter(|sign| !sign.is_control()).take(100).collect()
    };
    let named = match &verdict {
        Verdict::New(booking) | Verdict::Changed(booking, _) => {
            market.subscriptions.get(&booking.subscription).map(|one| one.customer.company_name.clone())
        }
        Verdict::Same | Verdict::Refused(_) => None,
    };
    let customer = named.unwrap_or_else(|| match typed(Column::Domain) {
        domain if !domain.is_empty() => domain,
        _ => match typed(Column::Subscription) {
            id if id.is_empty() => typed(Column::Entitlement),
            id => id,
        },
    });
    PlannedRow { line: row.line, customer, day: typed(Column::Day), meter: typed(Column::Meter), verdict }
}

#[cfg(test)]
mod tests;
