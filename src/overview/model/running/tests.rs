use super::*;
use crate::catalog::model::Billing;
use crate::subscriptions::model::tests::plain;
use crate::values::currency::Currency;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

pub(in crate::overview::model) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(in crate::overview::model) fn today() -> NaiveDate {
    day("2026-11-29")
}

pub(in crate::overview::model) fn subscription(name: &str, quantity: i64) -> Subscription {
    Subscription {
        offer_name: name.to_owned(),
        nickname: name.to_owned(),
        quantity: Quantity::of(quantity),
        starts_on: day("2026-05-05"),
        renews_on: day("2027-05-05"),
        ..plain()
    }
}

#[test]
fn a_customer_that_ordered_nothing_runs_nothing() {
    let running = Running::of(&[], today());
    assert!(running.is_empty());
    assert_eq!(running, Running::default());
}

#[test]
fn equal_products_share_one_bar_and_one_license_beside_a_million_still_shows() {
    let many = subscription("Basic", 1_000_000);
    let more =
        Subscription { offer: many.offer, nickname: "Berlin".to_owned(), ..subscription("Basic", 200) };
    let few = subscription("Premium", 1);
    let bars: Vec<_> = Running::of(&[few, many, more], today())
        .licenses
        .into_iter()
        .map(|share| (share.product.unwrap(), share.licenses, share.percent))
        .collect();
    assert_eq!(bars, [("Basic".to_owned(), 1_000_200, 100), ("Premium".to_owned(), 1, 1)]);
}

#[test]
fn products_beyond_the_largest_stand_together_unless_it_is_one() {
    let products = |count: i64| -> Vec<Share> {
        let all: Vec<_> = (1..=count).map(|number| subscription(&format!("P{number}"), number)).collect();
        Running::of(&all, today()).licenses
    };
    assert!(products(9).iter().all(|share| share.product.is_some()));
    let ten = products(10);
    assert_eq!((ten.len(), ten[8].product.as_deref(), ten[8].licenses), (9, None, 3));
}

#[test]
fn bars_stay_in_their_frame_however_large_the_others_are_together() {
    let all: Vec<_> = (0..50).map(|number| subscription(&format!("P{number}"), 9_999_999_999)).collect();
    assert!(Running::of(&all, today()).licenses.iter().all(|share| (1..=100).contains(&share.percent)));
}

#[test]
fn only_what_is_active_costs_and_each_currency_is_summed_for_itself() {
    let yen = Subscription {
        unit_price: Money::new(1_000, Currency::parse("JPY").unwrap()),
        billing: Billing::Annual,
        ..subscription("Yen", 3)
    };
    let resting = Subscription { status: Status::Suspended, ..subscription("Resting", 90) };
    let gone = Subscription {
        status: Status::Suspended,
        kept_until: Some(day("2026-11-01")),
        ..subscription("Gone", 90)
    };
    let running = Running::of(&[subscription("A", 2), yen, subscription("B", 1), resting, gone], today());
    let months: Vec<_> = running.costs.iter().map(|cost| (cost.month.minor, cost.year.minor)).collect();
    assert_eq!(months, [(1_530, 18_360), (249, 3_000)]);
    assert_eq!((running.active, running.suspended, running.pending), (3, 1, 0));
}

#[test]
fn what_is_billed_by_use_has_no_sum() {
    let used = Subscription { unit: Unit::Usage, ..subscription("Azure", 1) };
    let running = Running::of(&[used], today());
    assert!(running.is_metered && running.costs.is_empty() && running.licenses.is_empty());
}
