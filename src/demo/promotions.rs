//! The promotions of the demonstration: planned, running, ended, and ended early.

use chrono::{Days, NaiveDate};

use super::catalogue::{Catalogue, Offer};
use super::random::id;
use crate::db::Connection;
use crate::error::Result;
use crate::promotions::store::{PromotionRow, fill};
use crate::values::id::{OfferId, PromotionId};
use crate::values::moment::{Moment, days_after};

/// A promotion, by days before and after today.
struct Told {
    name: &'static str,
    percent: i32,
    from: i64,
    to: i64,
    for_new_customers: bool,
    /// Somebody ended it so many days ago.
    ended: Option<i64>,
    offers: &'static [&'static str],
}

const ALL: [Told; 5] = [
    Told {
        name: "Project weeks",
        percent: 10,
        from: -270,
        to: -180,
        for_new_customers: false,
        ended: None,
        offers: &["project-online-professional", "visio-online-plan-2"],
    },
    Told {
        name: "Security autumn",
        percent: 12,
        from: -60,
        to: 10,
        for_new_customers: false,
        ended: Some(15),
        offers: &["enterprise-mobility-security-e3"],
    },
    Told {
        name: "Business year",
        percent: 15,
        from: -200,
        to: 50,
        for_new_customers: false,
        ended: None,
        offers: &["office-365-business-premium", "microsoft-365-business"],
    },
    Told {
        name: "Welcome",
        percent: 20,
        from: -20,
        to: 70,
        for_new_customers: true,
        ended: None,
        offers: &["office-365-business-essentials", "office-365-business-premium"],
    },
    Told {
        name: "New year with E3",
        percent: 8,
        from: 25,
        to: 60,
        for_new_customers: false,
        ended: None,
        offers: &["office-365-enterprise-e3"],
    },
];

/// By what an order of a day was cheaper.
pub struct Cheaper {
    pub promotion: PromotionId,
    pub percent: i32,
}

impl Told {
    fn id(&self) -> PromotionId {
        PromotionId::from_number(id("promotion", u64::from(self.percent.unsigned_abs())))
    }

    fn days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        (shifted(today, self.from), shifted(today, self.to))
    }
}

/// What of an offer was cheaper when it was ordered: by a promotion for every customer that still runs.
pub fn cheaper(offer: &Offer, ordered_on: NaiveDate, today: NaiveDate) -> Option<Cheaper> {
    let counts = |told: &&Told| {
        let (from, to) = told.days(today);
        let is_named = told.offers.contains(&offer.said.code.as_str());
        is_named && !told.for_new_customers && told.ended.is_none() && from <= ordered_on && ordered_on <= to
    };
    let told = ALL.iter().find(counts)?;
    Some(Cheaper { promotion: told.id(), percent: told.percent })
}

/// What one is called.
pub fn name_of(promotion: &PromotionId) -> &'static str {
    ALL.iter().find(|told| told.id() == *promotion).map_or("", |told| told.name)
}

/// Adds all of them, as somebody of the operator did.
pub fn insert(conn: &mut Connection, catalogue: &Catalogue, by: &str, now: Moment) -> Result<()> {
    for told in &ALL {
        let is_named = |offer: &&Offer| told.offers.contains(&offer.said.code.as_str());
        let offers: Vec<OfferId> = catalogue.offers.iter().filter(is_named).map(|offer| offer.id).collect();
        fill(conn, &row(told, by, now), &offers)?;
    }
    Ok(())
}

fn row(told: &Told, by: &str, now: Moment) -> PromotionRow {
    let (starts_on, ends_on) = told.days(now.day());
    let made = now.plus_days(told.from.min(0) - 14);
    PromotionRow {
        id: told.id(),
        name: told.name.to_owned(),
        percent: told.percent,
        starts_on,
        ends_on,
        for_new_customers: told.for_new_customers,
        version: if told.ended.is_some() { 2 } else { 1 },
        created_at: made,
        changed_at: made,
        changed_by_name: by.to_owned(),
        ended_at: told.ended.map(|days| now.plus_days(-days)),
        ended_by_name: told.ended.map(|_| by.to_owned()),
    }
}

fn shifted(today: NaiveDate, days: i64) -> NaiveDate {
    let count = days.unsigned_abs();
    if days < 0 {
        today.checked_sub_days(Days::new(count)).unwrap_or(today)
    } else {
        days_after(today, count)
    }
}
