//! Every rule of the catalogue, and small offers for the tests of others.

use super::super::window::Window;
use super::super::{Category, Unit};
use super::*;

/// An offer at 10.00 a month and 100.00 a year, sold everywhere, 1–300 licenses.
pub fn listed(name: &str) -> Listed {
    let offer = Offer {
        id: OfferId::new(),
        name: name.to_owned(),
        description: String::new(),
        category: Category::Enterprise,
        unit: Unit::Licenses,
        minimum: 1,
        maximum: 300,
        limit_scope: LimitScope::Unlimited,
        limit_count: 0,
        is_trial: false,
        is_add_on: false,
        billed_monthly: true,
        billed_annually: true,
        term_months: 12,
        qualification: Qualification::None,
        countries: Vec::new(),
        converts_to: None,
        is_available: true,
        reduction: Window::ALWAYS,
        cancellation: Window::NEVER,
    };
    let price = Some(Price::new(1000, 10_000, Currency::Eur));
    Listed { offer, price, promoted: None, prerequisites: Vec::new() }
}

/// An add-on of these.
pub fn add_on(name: &str, bases: &[&Listed]) -> Listed {
    let mut listed = listed(name);
    listed.offer.is_add_on = true;
    listed.prerequisites = bases.iter().map(|base| base.offer.id).collect();
    listed
}

/// A German buyer at a German provider without subscriptions.
pub fn buyer() -> Buyer {
    let germany = Country::parse("DE").unwrap();
    let qualification = Qualification::None;
    Buyer {
        country: germany,
        provider_country: germany,
        qualification,
        holdings: Vec::new(),
        through: None,
        closed: HashSet::new(),
    }
}

/// A subscription of an offer, monthly, that renews at the end of 2027.
pub fn held(listed: &Listed, standing: Standing) -> Holding {
    Holding {
        subscription: SubscriptionId::new(),
        offer: listed.offer.id,
        standing,
        billing: Billing::Monthly,
        renews_on: NaiveDate::from_ymd_opt(2027, 12, 31).unwrap(),
        earner: None,
    }
}

#[test]
fn an_ordinary_offer_can_be_bought() {
    assert_eq!(listed("Suite").refusal(&buyer(), &[]), None);
}

#[test]
fn a_withdrawn_offer_and_one_without_a_price_cannot() {
    let mut offer = listed("Suite");
    offer.price = None;
    assert_eq!(offer.refusal(&buyer(), &[]), Some(Refusal::NoPrice));
    offer.offer.is_available = false;
    assert_eq!(offer.refusal(&buyer(), &[]), Some(Refusal::Withdrawn));
}

#[test]
fn an_offer_must_be_sold_in_both_countries() {
    let mut offer = listed("Suite");
    offer.offer.countries = vec!["DE".to_owned()];
    let mut buyer = buyer();
    assert_eq!(offer.refusal(&buyer, &[]), None);
    buyer.country = Country::parse("FR").unwrap();
    assert_eq!(offer.refusal(&buyer, &[]), Some(Refusal::NotSoldThere));
    offer.offer.countries = vec!["FR".to_owned()];
    assert_eq!(offer.refusal(&buyer, &[]), Some(Refusal::NotSoldThere));
    offer.offer.countries = vec!["FR".to_owned(), "DE".to_owned()];
    assert_eq!(offer.refusal(&buyer, &[]), None);
}

#[test]
fn a_special_offer_takes_that_qualification() {
    let mut offer = listed("Suite for schools");
    offer.offer.qualification = Qualification::Education;
    let mut buyer = buyer();
    let refused = Some(Refusal::NotQualified(Qualification::Education));
    assert_eq!(offer.refusal(&buyer, &[]), refused);
    buyer.qualification = Qualification::Nonprofit;
    assert_eq!(offer.refusal(&buyer, &[]), refused);
    buyer.qualification = Qualification::Education;
    assert_eq!(offer.refusal(&buyer, &[]), None);
}

#[test]
fn a_concurrent_limit_counts_what_is_suspended_but_not_what_is_deleted() {
    let mut offer = listed("Suite");
    (offer.offer.limit_scope, offer.offer.limit_count) = (LimitScope::Concurrent, 2);
    let mut buyer = buyer();
    buyer.holdings = vec![held(&offer, Standing::Active), held(&offer, Standing::Deleted)];
    assert_eq!(offer.refusal(&buyer, &[]), None);
    buyer.holdings.push(held(&offer, Standing::Resting));
    let refused = Some(Refusal::LimitReached { scope: LimitScope::Concurrent, count: 2 });
    assert_eq!(offer.refusal(&buyer, &[]), refused);
}

#[test]
fn a_limit_of_resellers_counts_what_names_the_same_one() {
    let mut offer = listed("Plan");
    (offer.offer.limit_scope, offer.offer.limit_count) = (LimitScope::Reseller, 1);
    let (one, other) = (OrganisationId::new(), OrganisationId::new());
    let with = |earner: Option<OrganisationId>, standing| Holding { earner, ..held(&offer, standing) };
    let has = with(Some(one), Standing::Resting);
    let holdings = vec![with(None, Standing::Deleted), has.clone()];
    let buyer = |through| Buyer { through, holdings: holdings.clone(), ..buyer() };
    for through in [None, Some(other)] {
        assert_eq!(offer.refusal(&buyer(through), &[]), None);
    }
    let refused = Refusal::LimitReachedWithReseller { count: 1, held: has.subscription };
    assert_eq!(offer.refusal(&buyer(Some(one)), &[]), Some(refused));
    assert!(refused.is_of_reseller() && !refused.is_of_holdings());
}

#[test]
fn a_lifetime_limit_counts_what_is_deleted_too() {
    let mut offer = listed("Trial");
    (offer.offer.limit_scope, offer.offer.limit_count) = (LimitScope::Lifetime, 1);
    let mut buyer = buyer();
    buyer.holdings = vec![held(&listed("Other"), Standing::Deleted)];
    assert_eq!(offer.refusal(&buyer, &[]), None);
    buyer.holdings = vec![held(&offer, Standing::Deleted)];
    let refused = Some(Refusal::LimitReached { scope: LimitScope::Lifetime, count: 1 });
    assert_eq!(offer.refusal(&buyer, &[]), refused);
}

#[test]
fn an_offer_is_closed_to_the_reseller_that_is_named_after_all_other_reasons() {
    let offer = listed("Suite");
    let buyer = Buyer { closed: [offer.offer.id].into(), ..buyer() };
    assert_eq!(offer.refusal(&buyer, &[]), Some(Refusal::ClosedToReseller));
    assert!(Refusal::ClosedToReseller.is_of_reseller() && Refusal::ClosedToReseller.held().is_none());
    assert_eq!(listed("Other").refusal(&buyer, &[]), None);
    let withdrawn = Listed { price: None, ..offer };
    assert_eq!(withdrawn.refusal(&buyer, &[]), Some(Refusal::NoPrice));
}

#[test]
fn a_trial_is_not_for_those_who_own_the_offer_or_order_it() {
    let paid = listed("Suite");
    let mut trial = listed("Suite Trial");
    trial.offer.is_trial = true;
    trial.offer.converts_to = Some(paid.offer.id);
    let mut buyer = buyer();
    assert_eq!(trial.refusal(&buyer, &[]), None);
    assert_eq!(trial.refusal(&buyer, std::slice::from_ref(&paid.offer.id)), Some(Refusal::AlreadyOwned));
    buyer.holdings = vec![held(&paid, Standing::Resting)];
    assert_eq!(trial.refusal(&buyer, &[]), Some(Refusal::AlreadyOwned));
    buyer.holdings = vec![held(&paid, Standing::Deleted)];
    assert_eq!(trial.refusal(&buyer, &[]), None);
}

#[test]
fn education_and_government_get_no_trials() {
    let mut trial = listed("Suite Trial");
    trial.offer.is_trial = true;
    for qualification in [Qualification::Education, Qualification::Government] {
        let buyer = Buyer { qualification, ..buyer() };
        assert_eq!(trial.refusal(&buyer, &[]), Some(Refusal::NoTrials));
    }
    assert_eq!(trial.refusal(&Buyer { qualification: Qualification::Nonprofit, ..buyer() }, &[]), None);
}

#[test]
fn an_add_on_needs_an_active_base_or_one_in_the_order() {
    let base = listed("Suite");
    let extra = add_on("Phone", &[&listed("Other"), &base]);
    let mut buyer = buyer();
    assert_eq!(extra.refusal(&buyer, &[]), Some(Refusal::BaseMissing));
    assert_eq!(extra.refusal(&buyer, std::slice::from_ref(&base.offer.id)), None);
    buyer.holdings = vec![held(&base, Standing::Resting)];
    assert_eq!(extra.refusal(&buyer, &[]), Some(Refusal::BaseMissing));
    buyer.holdings = vec![held(&base, Standing::Active)];
    assert_eq!(extra.refusal(&buyer, &[]), None);
}

#[test]
fn an_offer_without_frequencies_is_never_billed() {
    let mut offer = listed("Trial").offer;
    assert_eq!(offer.billings(), [Billing::Monthly, Billing::Annual]);
    (offer.billed_monthly, offer.billed_annually) = (false, false);
    assert_eq!(offer.billings(), [Billing::Never]);
}

#[test]
fn trials_single_licenses_and_usage_come_in_one_quantity() {
    let mut offer = listed("Trial").offer;
    assert_eq!(offer.fixed_quantity(), None);
    (offer.minimum, offer.maximum) = (25, 25);
    assert_eq!(offer.fixed_quantity(), Some(25));
    (offer.minimum, offer.maximum, offer.unit) = (1, 999_999_999, Unit::Usage);
    assert_eq!(offer.fixed_quantity(), Some(1));
}
