//! A promotion and its days. They are those of UTC, as the days from which prices hold.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::catalog::model::Listed;
use crate::catalog::model::code::OfferCode;
use crate::text_enum;
use crate::values::id::{OfferId, PromotionId};
use crate::values::moment::Moment;

text_enum! {
    /// How far a promotion has come.
    pub enum Stage {
        Planned = "planned",
        Running = "running",
        Ended = "ended",
    }
}

/// What the operator says of a promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub name: String,
    /// Off the list price.
    pub percent: i32,
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Only for customers that have bought nothing yet.
    pub for_new_customers: bool,
    /// What it is for.
    pub offers: Vec<OfferCode>,
}

/// A promotion as it is kept.
#[derive(Clone, Debug)]
pub struct Promotion {
    pub id: PromotionId,
    pub terms: Terms,
    /// What it is for, by name.
    pub offers: Vec<Named>,
    /// When somebody ended it before its last day was over, and who.
    pub ended: Option<(Moment, String)>,
    pub version: i32,
    pub changed_at: Moment,
    pub changed_by: String,
}

/// An offer of a promotion.
#[derive(Clone, Debug)]
pub struct Named {
    pub id: OfferId,
    pub name: String,
}

/// A promotion that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub id: PromotionId,
    pub name: String,
    pub percent: i32,
    pub until: NaiveDate,
    pub for_new_customers: bool,
}

/// Those that run on a day, of each offer the highest percentage first.
#[derive(Clone, Debug, Default)]
pub struct AllRunning(pub BTreeMap<OfferId, Vec<Running>>);

impl Terms {
    pub fn stage(&self, is_ended: bool, today: NaiveDate) -> Stage {
        match () {
            () if is_ended || self.ends_on < today => Stage::Ended,
            () if self.starts_on <= today => Stage::Running,
            () => Stage::Planned,
        }
    }
}

impl Promotion {
    pub fn stage(&self, today: NaiveDate) -> Stage {
        self.terms.stage(self.ended.is_some(), today)
    }
}

impl AllRunning {
    /// All of an offer.
    pub fn of(&self, offer: &OfferId) -> &[Running] {
        self.0.get(offer).map_or(&[], Vec::as_slice)
    }

    /// The one that counts for a customer: of several the highest percentage.
    pub fn best(&self, offer: &OfferId, is_new_customer: bool) -> Option<&Running> {
        self.of(offer).iter().find(|one| is_new_customer || !one.for_new_customers)
    }

    /// Gives an offer the price of the one that counts, where there is one.
    pub fn lower(&self, listed: &mut Listed, is_new_customer: bool) {
        if let Some(best) = self.best(&listed.offer.id, is_new_customer) {
            listed.promote((best.id, &best.name), best.percent, best.until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_promotion_runs_from_its_first_day_to_its_last() {
        let terms = Terms {
            name: "Winter".to_owned(),
            percent: 15,
            starts_on: day("2026-12-01"),
            ends_on: day("2026-12-31"),
            for_new_customers: false,
            offers: Vec::new(),
        };
        for (today, stage) in [
            ("2026-11-30", Stage::Planned),
            ("2026-12-01", Stage::Running),
            ("2026-12-31", Stage::Running),
            ("2027-01-01", Stage::Ended),
        ] {
            assert_eq!(terms.stage(false, day(today)), stage, "{today}");
            assert_eq!(terms.stage(true, day(today)), Stage::Ended, "{today}");
        }
    }

    #[test]
    fn of_several_the_highest_percentage_counts_that_the_customer_can_have() {
        let running = |percent: i32, for_new_customers| Running {
            id: PromotionId::new(),
            name: percent.to_string(),
            percent,
            until: day("2026-12-31"),
            for_new_customers,
        };
        let offer = OfferId::new();
        let all = AllRunning([(offer, vec![running(30, true), running(10, false)])].into());
        assert_eq!(all.best(&offer, true).unwrap().percent, 30);
        assert_eq!(all.best(&offer, false).unwrap().percent, 10);
        assert_eq!(all.best(&OfferId::new(), true), None);
    }
}
