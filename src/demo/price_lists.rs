//! What the offers of the demonstration cost: since when, what they cost before, and what is announced.

use chrono::{Datelike as _, Days, NaiveDate};

use super::catalogue::Offer;
use crate::catalog::model::Price;
use crate::catalog::model::definition::Kind;
use crate::catalog::model::pricing::{NOTICE_DAYS, PriceChange};
use crate::catalog::model::timeline::{Asked, Retail};
use crate::values::moment::{days_after, months_after};
use crate::values::money::Money;

/// Since when the offers are sold, for whoever counts back: longer than anything that the demonstration tells of.
const SOLD_MONTHS: u32 = 60;
/// The last price list came so long ago that every term that runs has begun since.
const LAST_LIST_MONTHS: u32 = 13;

/// What becomes dearer and what cheaper with the next price list, in percent of today's price.
const NEXT_LIST: [(&str, i64); 4] = [
    ("office-365-enterprise-e3", 109),
    ("office-365-business-premium", 106),
    ("microsoft-365-business", 110),
    ("enterprise-mobility-security-e3", 95),
];

/// What cost less before the last price list, in percent.
const LIST_BEFORE: [(&str, i64); 3] =
    [("office-365-enterprise-e1", 94), ("office-365-enterprise-e3", 92), ("visio-online-plan-2", 105)];

/// What is no longer sold once the next price list holds.
const NO_LONGER_SOLD: &str = "skype-for-business-online-plan-2";

/// What customers are suggested to pay, in percent of what the provider pays.
const RETAIL: i64 = 120;
/// The same before it was raised lately, so many days ago, and for what.
const RETAIL_BEFORE: i64 = 115;
const RAISED_DAYS: u64 = 12;
const RAISED: [&str; 2] = ["power-bi-pro", "project-online-professional"];

/// The price list of an offer as it stands on a day.
pub fn prices(offer: &Offer, today: NaiveDate) -> Vec<PriceChange> {
    let (first, last) = (months_before(today, SOLD_MONTHS), months_before(today, LAST_LIST_MONTHS));
    let code = offer.said.code.as_str();
    let share = |list: &[(&str, i64)]| list.iter().find(|(of, _)| *of == code).map(|(_, percent)| *percent);
    let mut changes = Vec::new();
    for (currency, asked) in &offer.said.prices {
        let mut put = |valid_from, now| {
            changes.push(PriceChange { currency: *currency, valid_from, before: None, now });
        };
        let list = asked.list;
        let now = suggested(offer, list, RETAIL);
        match share(&LIST_BEFORE) {
            Some(percent) => {
                put(first, Some(suggested(offer, scaled(list, percent), RETAIL)));
                put(last, Some(now));
            }
            None if RAISED.contains(&code) => {
                put(first, Some(suggested(offer, list, RETAIL_BEFORE)));
                put(today.checked_sub_days(Days::new(RAISED_DAYS)).unwrap_or(today), Some(now));
            }
            None => put(first, Some(now)),
        }
        if let Some(percent) = share(&NEXT_LIST) {
            put(next_list(today), Some(suggested(offer, scaled(list, percent), RETAIL)));
        }
        if code == NO_LONGER_SOLD {
            put(next_list(today), None);
        }
    }
    changes
}

/// The first of the next month, of which everybody was told in time; where that is far, in 30 days.
fn next_list(today: NaiveDate) -> NaiveDate {
    let first = months_after(today.with_day(1).unwrap_or(today), 1);
    first.min(days_after(today, NOTICE_DAYS))
}

/// The first of the month so many months ago.
fn months_before(today: NaiveDate, months: u32) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    first.checked_sub_months(chrono::Months::new(months)).unwrap_or(first)
}

/// A price so many percent of another one, to the ten smallest units; a year is twelve months.
fn scaled(list: Price, percent: i64) -> Price {
    let monthly = (list.monthly.minor * percent + 500) / 1000 * 10;
    let annual = if list.annual.minor == 0 { 0 } else { monthly * 12 };
    Price::new(monthly, annual, list.monthly.currency)
}

/// A price with what customers are suggested to pay, so many percent of it, where something is paid beforehand.
fn suggested(offer: &Offer, list: Price, percent: i64) -> Asked {
    if offer.said.kind == Kind::Trial || offer.said.is_usage() || list.monthly.minor == 0 {
        return list.into();
    }
    let retail = scaled(list, percent);
    let annual = Some(retail.annual).filter(|annual: &Money| annual.minor > 0);
    Asked { list, retail: Retail { monthly: Some(retail.monthly), annual } }
}
