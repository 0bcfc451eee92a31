//! What an offer may say, and that what it says reads back.

use super::super::column::{Cells, Column, Cycle};
use super::*;
use crate::catalog::wrong::Wrong;
use crate::values::problem::Problem;
use proptest::prelude::*;

/// An ordinary offer as typed.
pub fn cells() -> Cells {
    [
        (Column::Code, "suite-e3"),
        (Column::Name, "Suite E3"),
        (Column::Category, "Enterprise"),
        (Column::Minimum, "1"),
        (Column::Maximum, "300"),
        (Column::Billing, "monthly;annual"),
        (Column::TermMonths, "12"),
        (Column::Countries, "us, DE"),
        (Column::Price(Currency::Eur, Cycle::Monthly), "19.60"),
        (Column::Price(Currency::Eur, Cycle::Annual), "1,960.00"),
        (Column::Price(Currency::Jpy, Cycle::Monthly), "2,200"),
        (Column::Price(Currency::Jpy, Cycle::Annual), "22000"),
    ]
    .into_iter()
    .collect()
}

/// The same, read.
pub fn suite() -> Definition {
    Definition::read(&cells()).unwrap()
}

/// What is wrong with an ordinary offer that says something else here and there.
fn wrong(others: &[(Column, &str)]) -> Vec<(String, Problem)> {
    let other: Cells = others.iter().map(|(column, text)| (*column, *text)).collect();
    let problems = match Definition::read(&cells().overlaid(&other)) {
        Ok(_) => return Vec::new(),
        Err(problems) => problems,
    };
    problems.all().map(|(key, problem)| (key.to_owned(), problem.clone())).collect()
}

fn one(key: &str, problem: Problem) -> Vec<(String, Problem)> {
    vec![(key.to_owned(), problem)]
}

/// A trial, which says 0 where it is offered.
const TRIAL: [(Column, &str); 7] = [
    (Column::Category, "trial"),
    (Column::Kind, "trial"),
    (Column::Billing, "none"),
    (Column::Price(Currency::Eur, Cycle::Monthly), "0"),
    (Column::Price(Currency::Eur, Cycle::Annual), ""),
    (Column::Price(Currency::Jpy, Cycle::Monthly), ""),
    (Column::Price(Currency::Jpy, Cycle::Annual), ""),
];

#[test]
fn an_offer_reads_as_people_write_it() {
    let suite = suite();
    assert_eq!(suite.countries.iter().map(|country| country.code()).collect::<Vec<_>>(), ["DE", "US"]);
    assert_eq!(suite.prices.get(&Currency::Eur).unwrap().list.annual.minor, 196_000);
    assert_eq!(suite.prices.get(&Currency::Jpy).unwrap().list.monthly.minor, 2200);
    assert_eq!((suite.kind, suite.unit, suite.status), (Kind::Base, Unit::Licenses, Status::Available));
}

#[test]
fn quantities_fit_each_other() {
    assert_eq!(wrong(&[(Column::Minimum, "301")]), one("maximum", Problem::Below { minimum: 301 }));
    assert_eq!(wrong(&[(Column::Minimum, "0")]), one("minimum", Problem::Below { minimum: 1 }));
    assert_eq!(wrong(&[(Column::Maximum, "")]), one("maximum", Problem::Missing));
}

#[test]
fn a_limit_has_a_number_and_nothing_else_has() {
    assert_eq!(wrong(&[(Column::Limit, "lifetime")]), one("limit_count", Problem::Missing));
    assert_eq!(wrong(&[(Column::LimitCount, "2")]), one("limit_count", Problem::NotAllowedHere));
    assert!(wrong(&[(Column::Limit, "Concurrent"), (Column::LimitCount, "2")]).is_empty());
}

#[test]
fn usage_has_no_quantity_and_is_billed_monthly() {
    let usage = [(Column::Unit, "usage"), (Column::Category, "usage")];
    let keys: Vec<_> = wrong(&usage).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["minimum", "maximum", "billing"]);
    let euro = Column::Price(Currency::Eur, Cycle::Monthly);
    let blank = [(Column::Minimum, ""), (Column::Maximum, ""), (Column::Billing, "monthly")];
    let free = [
        (euro, "0"),
        (Column::Price(Currency::Eur, Cycle::Annual), ""),
        (Column::Price(Currency::Jpy, Cycle::Monthly), ""),
        (Column::Price(Currency::Jpy, Cycle::Annual), ""),
    ];
    let usage = [usage.as_slice(), &blank, &free].concat();
    assert!(wrong(&usage).is_empty());
    let dear = [usage.as_slice(), &[(euro, "1.00")]].concat();
    assert_eq!(wrong(&dear), one("eur_monthly", Problem::Above { maximum: 0 }));
}

#[test]
fn a_trial_costs_nothing_and_says_where_it_is_offered() {
    assert!(wrong(&TRIAL).is_empty());
    let billed = [TRIAL.as_slice(), &[(Column::Billing, "monthly")]].concat();
    assert_eq!(wrong(&billed), one("billing", Wrong::MustBe { word: "none" }.into()));
    assert_eq!(wrong(&[(Column::Category, "trial")]), one("kind", Wrong::MustBe { word: "trial" }.into()));
    assert_eq!(wrong(&[(Column::ConvertsTo, "other")]), one("converts_to", Problem::NotAllowedHere));
}

#[test]
fn an_add_on_needs_something_and_nothing_else_does() {
    assert_eq!(wrong(&[(Column::Kind, "add-on")]), one("prerequisites", Problem::Missing));
    assert!(wrong(&[(Column::Kind, "Add on"), (Column::Prerequisites, "a b;c")]).is_empty());
    assert_eq!(wrong(&[(Column::Prerequisites, "a")]), one("prerequisites", Problem::NotAllowedHere));
}

#[test]
fn what_is_bought_by_itself_can_be_upgraded() {
    assert!(wrong(&[(Column::UpgradesTo, "suite-e5; suite-f1")]).is_empty());
    assert!(wrong(&[TRIAL.as_slice(), &[(Column::UpgradesTo, "suite-e5")]].concat()).is_empty());
    assert_eq!(
        wrong(&[(Column::UpgradesTo, "Suite-E3")]),
        one("upgrades_to", Wrong::UpgradesToItself.into())
    );
    let add_on = [(Column::Kind, "add-on"), (Column::Prerequisites, "a"), (Column::UpgradesTo, "suite-e5")];
    assert_eq!(wrong(&add_on), one("upgrades_to", Problem::NotAllowedHere));
}

#[test]
fn a_price_is_complete() {
    let (monthly, annual) =
        (Column::Price(Currency::Twd, Cycle::Monthly), Column::Price(Currency::Twd, Cycle::Annual));
    assert_eq!(wrong(&[(monthly, "5")]), one("twd_annual", Wrong::OtherPriceMissing.into()));
    assert_eq!(wrong(&[(monthly, "-5"), (annual, "60")]), one("twd_monthly", Problem::Below { minimum: 0 }));
    let keys: Vec<_> = wrong(&[(Column::Billing, "annual")]).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["eur_monthly", "jpy_monthly"]);
}

#[test]
fn a_retail_price_is_suggested_for_what_is_sold_and_billed_like_that() {
    let retail = |currency, cycle| Column::Retail(currency, cycle);
    assert!(wrong(&[(retail(Currency::Eur, Cycle::Annual), "2,350.50")]).is_empty());
    let missing = Wrong::ListPriceMissing;
    assert_eq!(wrong(&[(retail(Currency::Twd, Cycle::Monthly), "5")]), one("twd_monthly", missing.into()));
    let free = [TRIAL.as_slice(), &[(retail(Currency::Eur, Cycle::Monthly), "1")]].concat();
    assert_eq!(wrong(&free), one("eur_retail_monthly", Problem::NotAllowedHere));
    assert_eq!(wrong(&[(Column::ValidFrom, "31.2.2027")]), one("valid_from", Problem::NoSuchDay));
    let cells: Cells = [(Column::ValidFrom, "2027-01-31")].into_iter().collect();
    let said = Definition::read(&super::tests::cells().overlaid(&cells)).unwrap();
    assert_eq!(said.valid_from.map(|day| day.to_string()).as_deref(), Some("2027-01-31"));
}

#[test]
fn what_is_unknown_is_named() {
    let unknown = Wrong::UnknownCountry { entered: "XX".to_owned() }.into();
    assert_eq!(wrong(&[(Column::Countries, "DE XX")]), one("countries", unknown));
    let kinds =
        Wrong::NotOneOf { entered: "bundle".to_owned(), choices: "offer, trial, add-on".to_owned() }.into();
    assert_eq!(wrong(&[(Column::Kind, "bundle")]), one("kind", kinds));
    assert_eq!(wrong(&[(Column::Category, "")]), one("category", Problem::NotChosen));
}

#[test]
fn a_provider_learns_why_it_cannot_order() {
    let country = |code| Country::parse(code).unwrap();
    let suite = suite();
    assert_eq!(suite.refusal_to(country("DE"), Currency::Eur), None);
    assert_eq!(suite.refusal_to(country("FR"), Currency::Eur), Some(Refusal::NotSoldThere));
    assert_eq!(suite.refusal_to(country("TW"), Currency::Twd), Some(Refusal::NoPrice));
    let gone = Definition { status: Status::Withdrawn, ..suite };
    assert_eq!(gone.refusal_to(country("DE"), Currency::Eur), Some(Refusal::Withdrawn));
}

proptest! {
    #[test]
    fn what_is_read_reads_back(name in "[-=+@;'\" a-z]{1,30}", description in any::<String>(), minor in 0_i64..9_999_999, index in 0_usize..16, limit in 0_i32..5) {
        let currency = Currency::ALL[index];
        let amount = crate::values::money::Money::new(minor, currency).decimal().to_string();
        let mut typed = cells();
        typed.set(Column::Name, name);
        typed.set(Column::Description, description);
        typed.set(Column::Price(currency, Cycle::Monthly), amount.clone());
        typed.set(Column::Price(currency, Cycle::Annual), amount.clone());
        if minor % 2 == 0 {
            typed.set(Column::Retail(currency, Cycle::Annual), amount.clone());
        }
        if limit > 0 {
            typed.set(Column::Limit, "lifetime");
            typed.set(Column::LimitCount, limit.to_string());
        }
        if let Ok(read) = Definition::read(&typed) {
            let again = Definition::read(&read.cells()).unwrap();
            prop_assert_eq!(again.cells(), read.cells());
        }
    }
}
