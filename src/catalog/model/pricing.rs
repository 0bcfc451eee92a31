//! What saying prices changes, and from when: licenses are announced 30 days ahead, so that nobody is surprised.

use chrono::NaiveDate;

use super::column::{Cells, Column, Cycle, Difference};
use super::definition::{Definition, Kept};
use super::timeline::{Asked, Timeline};
use crate::catalog::wrong::Wrong;
use crate::values::currency::Currency;
use crate::values::moment::days_after;
use crate::web::Problems;

/// So many days ahead another price of a license is announced.
pub const NOTICE_DAYS: u64 = 30;
/// Nobody knows prices further ahead.
const FARTHEST_DAYS: u64 = 1_095;

/// A price that is asked from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceChange {
    pub currency: Currency,
    pub valid_from: NaiveDate,
    /// What would be asked that day otherwise.
    pub before: Option<Asked>,
    /// Nothing where it is not sold in this currency from that day on.
    pub now: Option<Asked>,
}

/// What saying something of an offer changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// All of it, in the order of the file.
    pub differences: Vec<Difference>,
    pub prices: Vec<PriceChange>,
}

/// The first prices of an offer, from a day on.
pub fn first(said: &Definition, valid_from: NaiveDate) -> Vec<PriceChange> {
    let change = |(currency, asked): (&Currency, &Asked)| PriceChange {
        currency: *currency,
        valid_from,
        before: None,
        now: Some(*asked),
    };
    said.prices.iter().map(change).collect()
}

/// What saying this of a new offer puts into the price list.
///
/// # Errors
/// A day from which prices cannot hold.
pub fn begin(said: &Definition, today: NaiveDate) -> Result<Vec<PriceChange>, Problems> {
    let from = said.valid_from.unwrap_or(today);
    possible(from, today).map_err(|wrong| Problems::from((Column::ValidFrom.key().as_str(), wrong)))?;
    Ok(first(said, from))
}

impl Kept {
    /// What saying this of the offer changes, seen from a day. Of prices, what is asked today changes nothing, and
    /// neither does what is announced.
    ///
    /// # Errors
    /// Everything that prices cannot say, by the keys of the columns.
    pub fn change_to(&self, said: &Definition, today: NaiveDate) -> Result<Changes, Problems> {
        let mut problems = Problems::default();
        let mut prices = Vec::new();
        for currency in Currency::ALL {
            let timeline = self.timelines.get(&currency).cloned().unwrap_or_default();
            let of = Of { kept: &self.definition, said, today, currency, timeline: &timeline };
            match of.change() {
                Ok(change) => prices.extend(change),
                Err((column, wrong)) if problems.at(&column.key()).is_none() => {
                    problems.on(column.key(), wrong);
                }
                Err(_) => {}
            }
        }
        let facts = self.definition.cells().differences(&said.cells()).into_iter();
        let facts = facts.filter(|one| !one.column.is_price());
        let differences = facts.chain(self.told(said, &prices)).collect();
        problems.or(|| Some(Changes { differences, prices }))
    }

    /// What some prices are and will be, as files have them.
    pub fn told(&self, said: &Definition, prices: &[PriceChange]) -> Vec<Difference> {
        let mut all = Vec::new();
        for change in prices {
            let cells = |asked: Option<Asked>, of: &Definition| -> Cells {
                asked.map(|asked| of.price_cells(change.currency, &asked).collect()).unwrap_or_default()
            };
            let (before, now) = (cells(change.before, &self.definition), cells(change.now, said));
            let from = Some(change.valid_from);
            all.extend(before.differences(&now).into_iter().map(|one| Difference { from, ..one }));
        }
        all
    }
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.prices.is_empty()
    }

    /// Whether a price is asked from a later day on.
    pub fn is_announced(&self, today: NaiveDate) -> bool {
        self.prices.iter().any(|change| change.valid_from > today)
    }
}

/// One currency of an offer.
struct Of<'a> {
    kept: &'a Definition,
    said: &'a Definition,
    today: NaiveDate,
    currency: Currency,
    timeline: &'a Timeline,
}

type Answer = Result<Option<PriceChange>, (Column, Wrong)>;

impl Of<'_> {
    fn change(&self) -> Answer {
        if self.is_billed_otherwise() {
            return self.with_other_billing();
        }
        let wanted = self.wanted();
        let is_said = wanted == self.on(self.today);
        match self.said.valid_from {
            _ if is_said => Ok(None),
            None if wanted == self.timeline.latest().map(|asked| self.said.as_billed(asked)) => Ok(None),
            None => Ok(self.at(self.earliest(self.today))),
            Some(from) => {
                let on = |wrong| (Column::ValidFrom, wrong);
                if self.at(from).is_none() {
                    return Ok(None);
                }
                possible(from, self.today).map_err(on)?;
                let earliest = self.earliest(from);
                if from < earliest {
                    return Err(on(Wrong::NoticeTooShort { earliest: earliest.to_string() }));
                }
                Ok(self.at(from))
            }
        }
    }

    /// What is asked on a day, as far as the offer is billed like that.
    fn on(&self, day: NaiveDate) -> Option<Asked> {
        self.timeline.on(day).map(|asked| self.said.as_billed(asked))
    }

    fn wanted(&self) -> Option<Asked> {
        self.said.prices.get(&self.currency).copied()
    }

    /// The change from a day on, if it is one.
    fn at(&self, valid_from: NaiveDate) -> Option<PriceChange> {
        let (before, now) = (self.on(valid_from), self.wanted());
        (before != now).then_some(PriceChange { currency: self.currency, valid_from, before, now })
    }

    /// From when on something else can be asked than on a day.
    fn earliest(&self, day: NaiveDate) -> NaiveDate {
        if self.demands_notice(day) { days_after(self.today, NOTICE_DAYS) } else { self.today }
    }

    /// Whether a license gets another price than the one that people go by. The first price is none, and what is no
    /// longer sold costs nobody more.
    fn demands_notice(&self, day: NaiveDate) -> bool {
        let Some(wanted) = self.wanted() else { return false };
        let is_first = self.timeline.last_sold_before(self.today).is_none();
        let known = self.timeline.on(day).or_else(|| self.timeline.last_sold_before(day));
        let known = known.map(|known| self.said.as_billed(known));
        let is_same_kind = self.kept.kind == self.said.kind && self.kept.unit == self.said.unit;
        let is_licensed = !self.said.is_usage() && is_same_kind;
        is_licensed && !is_first && known.is_some_and(|known| known.list != wanted.list)
    }

    fn is_billed_otherwise(&self) -> bool {
        let billed = |of: &Definition| (of.billed_monthly, of.billed_annually);
        billed(self.kept) != billed(self.said)
    }

    /// Billing is another one at once, so every price says at once what it costs to be billed like that; and nothing
    /// else about it changes, which would take notice.
    fn with_other_billing(&self) -> Answer {
        if self.timeline.announced(self.today).next().is_some() {
            return Err((Column::Billing, Wrong::PricesAnnounced));
        }
        let (held, wanted) = (self.timeline.on(self.today), self.wanted());
        if let Some((held, wanted)) = held.zip(wanted) {
            let both = [
                (Cycle::Monthly, held.list.monthly != wanted.list.monthly),
                (Cycle::Annual, held.list.annual != wanted.list.annual),
            ];
            let stays = |cycle| self.kept.is_priced(cycle) && self.said.is_priced(cycle);
            if let Some((cycle, _)) = both.into_iter().find(|(cycle, differs)| stays(*cycle) && *differs) {
                return Err((Column::Price(self.currency, cycle), Wrong::PriceWithBilling));
            }
        }
        Ok(self.at(self.today))
    }
}

/// Whether prices can hold from a day on at all.
fn possible(from: NaiveDate, today: NaiveDate) -> Result<(), Wrong> {
    let latest = days_after(today, FARTHEST_DAYS);
    match () {
        () if from < today => Err(Wrong::ValidFromPast { today: today.to_string() }),
        () if from > latest => Err(Wrong::ValidFromTooFar { latest: latest.to_string() }),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests;
