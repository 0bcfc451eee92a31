//! What an offer costs in one currency, from which day to which.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Price;
use crate::values::money::Money;

/// What is asked for one unit, before tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the provider pays.
    pub list: Price,
    pub retail: Retail,
}

/// What the provider is suggested to ask of customers; nothing where nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retail {
    pub monthly: Option<Money>,
    pub annual: Option<Money>,
}

/// Each price by the day from which it holds, until the day before the next one; nothing where the offer is not sold in
/// the currency from that day on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline(BTreeMap<NaiveDate, Option<Asked>>);

/// A price with its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    /// The last day, where that is known.
    pub to: Option<NaiveDate>,
    pub asked: Option<Asked>,
}

impl From<Price> for Asked {
    fn from(list: Price) -> Self {
        Self { list, retail: Retail::default() }
    }
}

impl Timeline {
    pub fn put(&mut self, from: NaiveDate, asked: Option<Asked>) {
        self.0.insert(from, asked);
    }

    /// What is asked on a day.
    pub fn on(&self, day: NaiveDate) -> Option<Asked> {
        self.0.range(..=day).next_back().and_then(|(_, asked)| *asked)
    }

    /// The last that is known by now.
    pub fn latest(&self) -> Option<Asked> {
        self.0.values().next_back().copied().flatten()
    }

    /// What was asked when the offer was last sold before a day.
    pub fn last_sold_before(&self, day: NaiveDate) -> Option<Asked> {
        self.0.range(..day).rev().find_map(|(_, asked)| *asked)
    }

    /// All of it, the earliest first.
    pub fn periods(&self) -> impl Iterator<Item = Period> {
        let next = self.0.keys().skip(1).map(|day| day.pred_opt()).chain([None]);
        self.0.iter().zip(next).map(|((from, asked), to)| Period { from: *from, to, asked: *asked })
    }

    /// What begins after a day.
    pub fn announced(&self, today: NaiveDate) -> impl Iterator<Item = Period> {
        self.periods().filter(move |period| period.from > today)
    }

    /// What was over by a day.
    pub fn past(&self, today: NaiveDate) -> impl Iterator<Item = Period> {
        self.periods().filter(move |period| period.to.is_some_and(|to| to < today))
    }

    /// What holds on a day, with its days.
    pub fn period_on(&self, day: NaiveDate) -> Option<Period> {
        self.periods().take_while(|period| period.from <= day).last()
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::values::currency::Currency;
    use proptest::prelude::*;

    /// A price of so many cents.
    pub fn cents(monthly: i64) -> Asked {
        Price::new(monthly, monthly * 12, Currency::Eur).into()
    }

    pub fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(number)
    }

    /// Prices by the number of their day; nothing for what is not sold.
    pub fn timeline(prices: &[(u64, Option<i64>)]) -> Timeline {
        let mut timeline = Timeline::default();
        prices.iter().for_each(|(number, price)| timeline.put(day(*number), price.map(cents)));
        timeline
    }

    #[test]
    fn a_price_holds_until_the_day_before_the_next_one() {
        let prices = timeline(&[(10, Some(500)), (40, Some(600)), (60, None)]);
        assert_eq!(prices.on(day(9)), None);
        assert_eq!((prices.on(day(10)), prices.on(day(39))), (Some(cents(500)), Some(cents(500))));
        assert_eq!((prices.on(day(40)), prices.on(day(60))), (Some(cents(600)), None));
        assert_eq!((prices.latest(), prices.last_sold_before(day(90))), (None, Some(cents(600))));
        let days: Vec<_> = prices.periods().map(|period| (period.from, period.to)).collect();
        assert_eq!(days, [(day(10), Some(day(39))), (day(40), Some(day(59))), (day(60), None)]);
    }

    #[test]
    fn what_is_over_what_holds_and_what_comes_are_told_apart() {
        let prices = timeline(&[(10, Some(500)), (40, Some(600)), (60, Some(700))]);
        let froms = |periods: Vec<Period>| periods.iter().map(|one| one.from).collect::<Vec<_>>();
        assert_eq!(froms(prices.past(day(45)).collect()), [day(10)]);
        assert_eq!(prices.period_on(day(45)).unwrap().from, day(40));
        assert_eq!(froms(prices.announced(day(45)).collect()), [day(60)]);
        assert_eq!(prices.period_on(day(9)), None);
    }

    proptest! {
        #[test]
        fn every_day_has_the_price_of_its_period(prices in proptest::collection::vec((0_u64..90, proptest::option::of(1_i64..999)), 0..9), asked in 0_u64..99) {
            let prices = timeline(&prices);
            let held = prices.periods().find(|one| one.from <= day(asked) && one.to.is_none_or(|to| to >= day(asked)));
            prop_assert_eq!(prices.on(day(asked)), held.and_then(|one| one.asked));
            prop_assert_eq!(prices.period_on(day(asked)), held);
        }
    }
}
