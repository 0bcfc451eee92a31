//! From when on prices hold, and which cannot be said.

use super::*;
use crate::catalog::model::Price;
use crate::catalog::model::definition::tests::{cells, suite};
use crate::catalog::model::timeline::Retail;
use crate::catalog::model::timeline::tests::day;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::problem::Problem;
use proptest::prelude::*;

const TODAY: u64 = 100;

fn euro(monthly: i64, annual: i64) -> Asked {
    Price::new(monthly, annual, Currency::Eur).into()
}

/// An offer that is sold in euro only: at these prices from these days on, and nothing from a day without one on.
fn kept(prices: &[(u64, Option<Asked>)]) -> Kept {
    let mut timeline = Timeline::default();
    prices.iter().for_each(|(number, asked)| timeline.put(day(*number), *asked));
    let now = Moment::from_unix(0);
    let held = timeline.on(day(TODAY)).map(|asked| (Currency::Eur, asked));
    Kept {
        id: OfferId::new(),
        definition: Definition { prices: held.into_iter().collect(), ..suite() },
        timelines: [(Currency::Eur, timeline)].into(),
        version: 1,
        created_at: now,
        changed_at: now,
        changed_by: String::new(),
    }
}

/// At 5.00 a month for long.
fn plain() -> Kept {
    kept(&[(10, Some(euro(500, 6000)))])
}

/// What is kept with another price, from a day on if one is said.
fn at(kept: &Kept, asked: Option<Asked>, from: Option<u64>) -> Definition {
    let prices = asked.map(|asked| (Currency::Eur, asked)).into_iter().collect();
    Definition { prices, valid_from: from.map(day), ..kept.definition.clone() }
}

/// From when what is said holds; nothing where it changes nothing.
fn from(kept: &Kept, asked: Option<Asked>, from: Option<u64>) -> Result<Option<NaiveDate>, Vec<Problem>> {
    match kept.change_to(&at(kept, asked, from), day(TODAY)) {
        Ok(changes) => Ok(changes.prices.first().map(|change| change.valid_from)),
        Err(problems) => Err(problems.all().map(|(_, problem)| problem.clone()).collect()),
    }
}

#[test]
fn another_price_of_a_license_is_announced_thirty_days_ahead() {
    let dearer = Some(euro(600, 7200));
    assert_eq!(from(&plain(), dearer, None), Ok(Some(day(TODAY + 30))));
    assert_eq!(from(&plain(), Some(euro(400, 4800)), None), Ok(Some(day(TODAY + 30))), "and less, too");
    assert_eq!(from(&plain(), dearer, Some(TODAY + 30)), Ok(Some(day(TODAY + 30))));
    assert_eq!(from(&plain(), dearer, Some(TODAY + 90)), Ok(Some(day(TODAY + 90))));
    let short = Wrong::NoticeTooShort { earliest: day(TODAY + 30).to_string() };
    assert_eq!(from(&plain(), dearer, Some(TODAY + 29)), Err(vec![short.into()]));
    let past = Wrong::ValidFromPast { today: day(TODAY).to_string() };
    assert_eq!(from(&plain(), dearer, Some(TODAY - 1)), Err(vec![past.into()]));
    let far = Wrong::ValidFromTooFar { latest: day(TODAY + 1_095).to_string() };
    assert_eq!(from(&plain(), dearer, Some(TODAY + 1_096)), Err(vec![far.into()]));
}

#[test]
fn a_first_price_holds_at_once_and_can_be_mended_the_same_day() {
    assert_eq!(from(&kept(&[]), Some(euro(500, 6000)), None), Ok(Some(day(TODAY))));
    assert_eq!(from(&kept(&[]), Some(euro(500, 6000)), Some(TODAY + 3)), Ok(Some(day(TODAY + 3))));
    let begun = kept(&[(TODAY, Some(euro(50, 600)))]);
    assert_eq!(from(&begun, Some(euro(500, 6000)), None), Ok(Some(day(TODAY))));
}

#[test]
fn what_is_taken_from_sale_is_at_once_and_comes_back_at_once_at_its_price() {
    assert_eq!(from(&plain(), None, None), Ok(Some(day(TODAY))));
    let gone = kept(&[(10, Some(euro(500, 6000))), (50, None)]);
    assert_eq!(from(&gone, Some(euro(500, 6000)), None), Ok(Some(day(TODAY))));
    assert_eq!(from(&gone, Some(euro(600, 7200)), None), Ok(Some(day(TODAY + 30))));
}

#[test]
fn usage_needs_no_notice_and_neither_does_a_suggestion() {
    let mut usage = plain();
    usage.definition.unit = crate::catalog::model::Unit::Usage;
    assert_eq!(from(&usage, Some(euro(600, 7200)), None), Ok(Some(day(TODAY))));
    let monthly = Some(Money::new(650, Currency::Eur));
    let suggested = Asked { retail: Retail { monthly, annual: None }, ..euro(500, 6000) };
    assert_eq!(from(&plain(), Some(suggested), None), Ok(Some(day(TODAY))));
}

#[test]
fn what_is_asked_or_announced_already_changes_nothing() {
    let announced = kept(&[(10, Some(euro(500, 6000))), (TODAY + 40, Some(euro(600, 7200)))]);
    assert_eq!(from(&announced, Some(euro(500, 6000)), None), Ok(None));
    assert_eq!(from(&announced, Some(euro(600, 7200)), None), Ok(None));
    assert_eq!(from(&announced, Some(euro(600, 7200)), Some(TODAY + 40)), Ok(None));
    assert_eq!(from(&announced, Some(euro(600, 7200)), Some(TODAY + 20)).unwrap_err().len(), 1);
    assert_eq!(from(&announced, Some(euro(700, 8400)), Some(TODAY + 40)), Ok(Some(day(TODAY + 40))));
}

#[test]
fn another_way_of_billing_comes_with_its_price_and_changes_no_other() {
    let monthly_only = {
        let mut kept = kept(&[(10, Some(euro(500, 0)))]);
        kept.definition.billed_annually = false;
        kept
    };
    let said = |asked| Definition { billed_annually: true, ..at(&monthly_only, Some(asked), None) };
    let changes = monthly_only.change_to(&said(euro(500, 6000)), day(TODAY)).unwrap();
    assert_eq!(changes.prices[0].valid_from, day(TODAY));
    let problems = monthly_only.change_to(&said(euro(600, 6000)), day(TODAY)).unwrap_err();
    assert_eq!(problems.at("eur_monthly"), Some(&Wrong::PriceWithBilling.into()));
    let announced = kept(&[(10, Some(euro(500, 6000))), (TODAY + 40, Some(euro(600, 7200)))]);
    let said = Definition { billed_annually: false, ..at(&announced, Some(euro(500, 0)), None) };
    let problems = announced.change_to(&said, day(TODAY)).unwrap_err();
    assert_eq!(problems.at("billing"), Some(&Wrong::PricesAnnounced.into()));
}

#[test]
fn what_nobody_is_billed_is_no_change() {
    let mut kept = plain();
    kept.definition.billed_annually = false;
    assert_eq!(from(&kept, Some(euro(500, 0)), None), Ok(None));
}

#[test]
fn a_price_is_told_with_its_day_as_files_have_it() {
    let kept = plain();
    let changes = kept.change_to(&at(&kept, Some(euro(600, 6000)), None), day(TODAY)).unwrap();
    let told: Vec<_> = changes
        .differences
        .iter()
        .map(|one| (one.column.head(), one.old.as_str(), one.new.as_str(), one.from))
        .collect();
    assert_eq!(told, [("EUR monthly".to_owned(), "5.00", "6.00", Some(day(TODAY + 30)))]);
}

#[test]
fn a_new_offer_begins_when_it_says() {
    let said = Definition::read(&cells()).unwrap();
    assert!(begin(&said, day(TODAY)).unwrap().iter().all(|one| one.valid_from == day(TODAY)));
    let later = Definition { valid_from: Some(day(TODAY + 5)), ..said.clone() };
    assert!(begin(&later, day(TODAY)).unwrap().iter().all(|one| one.valid_from == day(TODAY + 5)));
    let before = Definition { valid_from: Some(day(TODAY - 5)), ..said };
    assert!(begin(&before, day(TODAY)).unwrap_err().at("valid_from").is_some());
}

proptest! {
    #[test]
    fn what_was_said_once_changes_nothing_the_second_time(
        history in proptest::collection::vec((0_u64..200, proptest::option::of(1_i64..9)), 0..6),
        monthly in proptest::option::of(1_i64..9),
        from in proptest::option::of(0_u64..300),
    ) {
        let asked = |monthly: i64| euro(monthly, monthly * 12);
        let prices: Vec<_> = history.iter().map(|(number, price)| (*number, price.map(asked))).collect();
        let mut before = kept(&prices);
        let said = at(&before, monthly.map(asked), from);
        if let Ok(changes) = before.change_to(&said, day(TODAY)) {
            for change in &changes.prices {
                prop_assert!(change.valid_from >= day(TODAY), "never in the past");
                let timeline = before.timelines.entry(change.currency).or_default();
                timeline.put(change.valid_from, change.now);
            }
            let held = before.timelines[&Currency::Eur].on(day(TODAY));
            before.definition.prices = held.map(|asked| (Currency::Eur, asked)).into_iter().collect();
            prop_assert!(before.change_to(&said, day(TODAY)).unwrap().prices.is_empty());
        }
    }
}
