//! Lines, bases and totals.

use super::*;
use crate::catalog::model::Standing;
use crate::catalog::model::Unit;
use crate::catalog::model::buying::tests::{add_on, buyer, held, listed};

pub fn catalogue(listed: &[&Listed]) -> Catalogue {
    Catalogue::new(listed.iter().copied().cloned().collect(), Currency::Eur)
}

pub fn line(listed: &Listed, quantity: i64, billing: Billing) -> DraftLine {
    DraftLine { offer: listed.offer.id, quantity: Quantity::of(quantity), billing }
}

fn problem_of(listed: &Listed, line: DraftLine) -> Option<LineProblem> {
    Chosen::new(&[line], &catalogue(&[listed]), &buyer()).lines.remove(0).problem
}

#[test]
fn monthly_and_annual_lines_add_up_apart() {
    let (one, two) = (listed("One"), listed("Two"));
    let lines = [line(&one, 40, Billing::Monthly), line(&two, 3, Billing::Annual)];
    let chosen = Chosen::new(&lines, &catalogue(&[&one, &two]), &buyer());
    let totals = chosen.totals();
    assert_eq!((totals.monthly.minor, totals.annual.minor), (40_000, 30_000));
    assert!(chosen.lines.iter().all(|line| line.problem.is_none()));
}

#[test]
fn a_quantity_stays_within_the_offers_bounds() {
    let mut offer = listed("One");
    (offer.offer.minimum, offer.offer.maximum) = (5, 10);
    let wrong =
        |problem: Problem, entered| Some(LineProblem::Quantity(of_offer(problem, Unit::Licenses, entered)));
    let below = wrong(Problem::Below { minimum: 5 }, "4");
    let above = wrong(Problem::Above { maximum: 10 }, "11");
    assert_eq!(problem_of(&offer, line(&offer, 4, Billing::Monthly)), below);
    assert_eq!(problem_of(&offer, line(&offer, 11, Billing::Monthly)), above);
    assert_eq!(problem_of(&offer, line(&offer, 10, Billing::Monthly)), None);
}

#[test]
fn a_billing_frequency_must_be_offered() {
    let mut offer = listed("One");
    offer.offer.billed_annually = false;
    assert_eq!(problem_of(&offer, line(&offer, 1, Billing::Annual)), Some(LineProblem::BillingNotOffered));
    assert_eq!(problem_of(&offer, line(&offer, 1, Billing::Never)), Some(LineProblem::BillingNotOffered));
    assert_eq!(problem_of(&offer, line(&offer, 1, Billing::Monthly)), None);
}

#[test]
fn an_add_on_follows_its_base_in_the_order_and_is_billed_like_it() {
    let base = listed("Suite");
    let phone = add_on("Phone", &[&base]);
    let calls = add_on("Calls", &[&phone]);
    let all = catalogue(&[&calls, &phone, &base]);
    let lines = [
        line(&calls, 1, Billing::Monthly),
        line(&phone, 1, Billing::Monthly),
        line(&base, 1, Billing::Annual),
    ];
    let chosen = Chosen::new(&lines, &all, &buyer());
    let names: Vec<_> = chosen.lines.iter().map(|line| line.listed.offer.name.as_str()).collect();
    assert_eq!(names, ["Suite", "Phone", "Calls"]);
    assert!(chosen.lines.iter().all(|line| line.problem.is_none() && line.billing == Billing::Annual));
    assert_eq!(chosen.totals().annual.minor, 30_000);
}

#[test]
fn an_add_on_takes_what_the_customer_has_only_while_it_is_active() {
    let base = listed("Suite");
    let phone = add_on("Phone", &[&base]);
    let all = catalogue(&[&phone, &base]);
    let mut buyer = buyer();
    buyer.holdings = vec![held(&base, Standing::Active)];
    let chosen = Chosen::new(&[line(&phone, 1, Billing::Annual)], &all, &buyer);
    let first = chosen.lines.first().unwrap();
    assert!(matches!(&first.base, Some(Base::Held(held)) if held.offer == base.offer.id));
    assert_eq!((first.billing, &first.problem), (Billing::Monthly, &None));
    buyer.holdings = vec![held(&base, Standing::Resting)];
    let chosen = Chosen::new(&[line(&phone, 1, Billing::Annual)], &all, &buyer);
    assert_eq!(chosen.lines.first().unwrap().problem, Some(LineProblem::Refused(Refusal::BaseMissing)));
}

#[test]
fn add_ons_of_each_other_have_no_base() {
    let mut one = listed("One");
    let two = add_on("Two", &[&one]);
    one.offer.is_add_on = true;
    one.prerequisites = vec![two.offer.id];
    let lines = [line(&one, 1, Billing::Monthly), line(&two, 1, Billing::Monthly)];
    let chosen = Chosen::new(&lines, &catalogue(&[&one, &two]), &buyer());
    for line in &chosen.lines {
        assert_eq!(line.problem, Some(LineProblem::Refused(Refusal::BaseMissing)));
    }
}

#[test]
fn a_refused_offer_is_a_problem_of_its_line() {
    let mut offer = listed("One");
    offer.offer.is_available = false;
    let refused = Some(LineProblem::Refused(Refusal::Withdrawn));
    assert_eq!(problem_of(&offer, line(&offer, 1, Billing::Monthly)), refused);
}
