use proptest::prelude::*;

use super::*;
use crate::licenses::model::Wanted;
use crate::values::folding::folded;

fn id(number: u8) -> OfferId {
    OfferId::parse(&format!("0199d3f2-0000-7000-8000-0000000000{number:02}")).unwrap()
}

fn product(number: u8, plans: &[&str]) -> Product {
    let offer = Licensed {
        id: id(number),
        name: format!("Product {number}"),
        plans: plans.iter().map(|plan| (*plan).to_owned()).collect(),
        countries: Vec::new(),
        bases: Vec::new(),
    };
    Product { offer, bought: 10, trial: 0, suspended: 0, assigned: 3 }
}

/// A suite with mail and files, mail alone, an add-on of the suite, and something sold in France only.
fn products() -> Vec<Product> {
    let mut add_on = product(3, &["Calls"]);
    add_on.offer.bases = vec![(id(1), "Product 1".to_owned())];
    let mut french = product(4, &[]);
    french.offer.countries = vec!["FR".to_owned()];
    vec![product(1, &["Mail", "Files"]), product(2, &["mail"]), add_on, french]
}

fn license(number: u8) -> License {
    License { offer: id(number), plans_off: Vec::new() }
}

fn without(number: u8, plan: &str) -> License {
    License { plans_off: vec![plan.to_owned()], ..license(number) }
}

fn give(number: u8) -> Wanted {
    Wanted::whole(id(number))
}

fn give_without(number: u8, plan: &str) -> Wanted {
    Wanted { off: vec![plan.to_owned()], ..give(number) }
}

fn turn_on(number: u8, plan: &str) -> Wanted {
    Wanted { is_given: false, on: vec![plan.to_owned()], ..give(number) }
}

fn germany() -> Option<Country> {
    Country::from_text("DE")
}

fn deal(give: &[Wanted], take: &[u8]) -> Deal {
    Deal { give: give.to_vec(), take: take.iter().map(|number| id(*number)).collect() }
}

fn tried(held: &[License], deal: &Deal) -> Result<Steps, Refusal> {
    steps(Holder { location: germany(), held }, deal, &products())
}

fn name(number: u8) -> String {
    format!("Product {number}")
}

#[test]
fn what_is_like_that_already_is_no_step() {
    let held = [license(1)];
    assert_eq!(tried(&held, &deal(&[give(1)], &[2])), Ok(Steps::default()));
    let given = Steps { given: vec![license(2)], taken: vec![id(1)], ..Steps::default() };
    assert_eq!(tried(&held, &deal(&[give(2)], &[1])), Ok(given));
}

#[test]
fn a_user_has_each_service_plan_once_in_whatever_letter_case() {
    let refused = Refusal::Twice { product: name(2), other: name(1), plan: "mail".to_owned() };
    assert_eq!(tried(&[license(1)], &deal(&[give(2)], &[])), Err(refused));
    // Turned off in one of them, in the same deal or before.
    let turned_off = Steps { given: vec![license(2)], changed: vec![without(1, "Mail")], ..Steps::default() };
    assert_eq!(tried(&[license(1)], &deal(&[give_without(1, "Mail"), give(2)], &[])), Ok(turned_off));
    assert!(tried(&[without(1, "Mail")], &deal(&[give(2)], &[])).is_ok());
    // And not turned on again beside the other one.
    let again = tried(&[without(1, "Mail"), license(2)], &deal(&[turn_on(1, "mail")], &[]));
    assert!(matches!(again, Err(Refusal::Twice { .. })), "{again:?}");
}

#[test]
fn what_nobody_touched_of_a_license_stays() {
    // Given to all, whoever has it keeps what is turned off.
    assert_eq!(tried(&[without(1, "Mail")], &deal(&[give(1)], &[])), Ok(Steps::default()));
    let both_off = License { plans_off: vec!["Mail".to_owned(), "Files".to_owned()], ..license(1) };
    let changed = Steps { changed: vec![both_off], ..Steps::default() };
    assert_eq!(tried(&[without(1, "Mail")], &deal(&[give_without(1, "files")], &[])), Ok(changed));
    // Who has lost it meanwhile does not get it back by a change of its service plans.
    assert_eq!(tried(&[], &deal(&[turn_on(1, "Mail")], &[])), Ok(Steps::default()));
}

#[test]
fn what_is_not_bought_any_more_is_given_to_nobody() {
    assert_eq!(tried(&[], &deal(&[give(9)], &[])), Err(Refusal::Gone));
}

#[test]
fn an_add_on_goes_with_its_base_and_not_without() {
    let needs = Refusal::Needs { product: name(3), bases: vec![name(1)] };
    assert_eq!(tried(&[], &deal(&[give(3)], &[])), Err(needs.clone()));
    assert!(tried(&[], &deal(&[give(3), give(1)], &[])).is_ok());
    assert_eq!(tried(&[license(1), license(3)], &deal(&[], &[1])), Err(needs));
    assert!(tried(&[license(1), license(3)], &deal(&[], &[1, 3])).is_ok());
    // One that has lost its base otherwise stands in the way of nothing else, not even of its own plans.
    assert!(
        tried(&[license(3)], &deal(&[Wanted { is_given: false, ..give_without(3, "Calls") }], &[])).is_ok()
    );
    assert!(tried(&[license(3)], &deal(&[give(2)], &[])).is_ok());
}

#[test]
fn a_license_is_given_where_it_is_served_and_as_long_as_there_are_some() {
    let nowhere = steps(Holder { location: None, held: &[] }, &deal(&[give(1)], &[]), &products());
    assert_eq!(nowhere, Err(Refusal::NoLocation));
    assert_eq!(tried(&[], &deal(&[give(4)], &[])), Err(Refusal::NotServed { product: name(4) }));
    let mut used_up = products();
    used_up[0].assigned = 10;
    let with = [license(1)];
    let (with, without_any) =
        (Holder { location: germany(), held: &with }, Holder { location: germany(), held: &[] });
    let none_left = steps(without_any, &deal(&[give(1)], &[]), &used_up);
    assert_eq!(none_left, Err(Refusal::NoneLeft { product: name(1), has_suspended: false }));
    // Whoever has one may have other plans of it, and lose it.
    assert!(steps(with, &deal(&[give_without(1, "Files")], &[]), &used_up).is_ok());
    assert!(steps(with, &deal(&[], &[1]), &used_up).is_ok());
    // More assigned than bought is none to give, and counted.
    used_up[0].assigned = 12;
    assert_eq!((used_up[0].free(), used_up[0].excess()), (0, 2));
}

proptest! {
    #[test]
    fn whatever_is_wanted_leaves_no_plan_twice_and_no_add_on_alone(
        wanted in proptest::collection::vec((1u8..5, any::<bool>(), any::<bool>()), 0..8),
    ) {
        let products = products();
        let mut held: Vec<License> = Vec::new();
        for (number, gives, is_without_mail) in wanted {
            let one = match (is_without_mail, number) {
                (true, 1) => give_without(1, "Mail"),
                _ => give(number),
            };
            let deal = if gives { deal(&[one], &[]) } else { deal(&[], &[number]) };
            if let Ok(steps) = steps(Holder { location: germany(), held: &held }, &deal, &products) {
                held = after(&held, &steps);
            }
            let plans: Vec<String> = held
                .iter()
                .flat_map(|license| plans_on(&product_of(&products, &license.offer).unwrap().offer, license))
                .map(|plan| folded(plan))
                .collect();
            let mut once = plans.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), plans.len());
            prop_assert!(!held.contains(&license(3)) || held.iter().any(|license| license.offer == id(1)));
        }
    }
}

#[test]
fn what_is_paid_for_and_unused_is_waste_beyond_a_quarter() {
    let wasted = |bought, trial, assigned| Product { bought, trial, assigned, ..product(1, &[]) }.wasted();
    assert_eq!(wasted(8, 0, 5), Some(3));
    assert_eq!(wasted(8, 0, 6), None);
    assert_eq!(wasted(0, 0, 0), None);
    // Nobody pays for a trial, and what it leaves unused is nobody's loss.
    assert_eq!(wasted(10, 10, 0), None);
    assert_eq!(wasted(12, 4, 0), Some(8));
    // More than bought are assigned where a subscription is suspended.
    assert_eq!(wasted(2, 0, 5), None);
}
