use proptest::prelude::*;

use super::super::tests::plain;
use super::*;
use crate::values::currency::Currency;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::parse("USD").unwrap())
}

fn of(billing: Billing, starts_on: &str, renews_on: &str) -> Subscription {
    Subscription { billing, starts_on: day(starts_on), renews_on: day(renews_on), ..plain() }
}

/// So many days of so many.
fn rest(some: u32, of_days: u32) -> Rest {
    let from = day("2019-01-01");
    Rest { from, until: from + chrono::Days::new(u64::from(some)), of_days }
}

#[test]
fn the_examples_that_were_published_come_out_by_the_exact_rule() {
    // Price of one, units, days of the period, days that count, and what it costs.
    for (price, units, of_days, some, costs) in [
        (400, 1, 31, 19, 245),
        (400, 2, 31, 12, 310),
        (400, 1, 28, 12, 171),
        (4_800, 1, 365, 19, 250),
        (4_800, 2, 365, 346, 9_100),
        (4_800, 1, 365, 318, 4_182),
        (21_120, 2, 365, 27, 3_124),
        (21_120, 2, 365, 337, 39_000),
        (500, 1, 30, 21, 350),
    ] {
        let quantities = (Quantity::of(5), Quantity::of(5 + units));
        assert_eq!(rest(some, of_days).of_more(money(price), quantities), money(costs), "{price} {some}");
        let fewer = (Quantity::of(5 + units), Quantity::of(5));
        assert_eq!(rest(some, of_days).of_more(money(price), fewer), money(-costs), "{price} {some}");
    }
}

#[test]
fn a_month_runs_from_the_day_on_which_it_renews() {
    let monthly = of(Billing::Monthly, "2026-03-10", "2027-03-10");
    let left = |on| Rest::of(&monthly, day(on)).map(|rest| (rest.days(), rest.of_days, rest.until)).unwrap();
    assert_eq!(left("2026-11-30"), (10, 30, day("2026-12-10")));
    assert_eq!(left("2026-12-10"), (31, 31, day("2027-01-10")));
    assert_eq!(left("2027-03-09"), (1, 28, day("2027-03-10")));
    assert_eq!(left("2027-03-10"), (31, 31, day("2027-04-10")), "a job may be late");
    assert_eq!(left("2026-01-01"), (31, 31, day("2026-04-10")), "it has not begun");
}

#[test]
fn a_year_does_too_also_in_a_term_of_three() {
    let annual = of(Billing::Annual, "2026-03-10", "2029-03-10");
    let left = |on| Rest::of(&annual, day(on)).map(|rest| (rest.days(), rest.of_days)).unwrap();
    assert_eq!(left("2026-03-10"), (365, 365));
    assert_eq!(left("2027-03-09"), (1, 365));
    assert_eq!(left("2028-01-10"), (60, 366));
}

#[test]
fn a_term_that_was_begun_anew_counts_from_its_end() {
    let moved = of(Billing::Annual, "2026-01-05", "2027-06-20");
    let rest = Rest::of(&moved, day("2026-07-01")).unwrap();
    assert_eq!((rest.until, rest.of_days), (day("2027-06-20"), 365));
    let short = of(Billing::Monthly, "2026-12-31", "2027-02-28");
    assert_eq!(Rest::of(&short, day("2027-01-31")).unwrap().until, day("2027-02-28"));
    assert_eq!(Rest::of(&of(Billing::Never, "2026-12-31", "2027-01-31"), day("2027-01-05")), None);
}

proptest! {
    #[test]
    fn a_day_falls_into_one_period_that_has_not_passed(start in 0u64..20_000, on in 0u64..30_000, annual: bool) {
        let first = day("2000-01-01");
        let starts_on = first + chrono::Days::new(start);
        let billing = if annual { Billing::Annual } else { Billing::Monthly };
        let one = Subscription { billing, starts_on, renews_on: term::renews_on(starts_on, 12), ..plain() };
        let on = first + chrono::Days::new(on);
        let rest = Rest::of(&one, on).unwrap();
        prop_assert!(rest.from < rest.until && rest.days() <= rest.of_days);
        prop_assert!(rest.from == on.max(starts_on));
        let most = if annual { 366 } else { 31 };
        prop_assert!((28..=most).contains(&rest.of_days));
    }
}
