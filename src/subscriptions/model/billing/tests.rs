use super::super::tests::plain;
use super::*;
use crate::catalog::model::Unit;
use crate::values::currency::Currency;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn candidate(billing: Billing) -> Candidate {
    let euro = Currency::parse("EUR").unwrap();
    let subscription = Subscription {
        offer_name: "Basic".to_owned(),
        nickname: "Basic".to_owned(),
        billing,
        unit_price: Money::new(500, euro),
        starts_on: day("2026-05-05"),
        renews_on: day("2027-05-05"),
        version: 3,
        ..plain()
    };
    Candidate {
        subscription,
        standing: Status::Active,
        billings: vec![Billing::Monthly, Billing::Annual],
        term_months: 12,
        price: Some(Price::new(510, 6_000, euro)),
    }
}

fn add_on(base: &Candidate) -> Candidate {
    let mut add_on = candidate(base.subscription.billing);
    add_on.subscription.parent = Some(base.subscription.id);
    add_on
}

fn of(candidates: &[Candidate]) -> Result<Switch, Refusal> {
    switch(&candidates[0].subscription, candidates, day("2026-11-30"))
}

#[test]
fn going_annual_begins_a_new_year_at_the_price_of_today() {
    let base = candidate(Billing::Monthly);
    let switch = of(&[base.clone(), add_on(&base)]).unwrap();
    assert_eq!((switch.to, switch.moves.len(), switch.stays.len()), (Billing::Annual, 2, 0));
    for moved in &switch.moves {
        // Bought on the 30th: the term starts on the first of the next month.
        assert_eq!((moved.unit_price.minor, moved.renews_on), (6_000, day("2027-12-01")));
        assert_eq!(moved.total().minor, 60_000);
    }
}

#[test]
fn going_monthly_leaves_the_renewal_where_it_is() {
    let switch = of(&[candidate(Billing::Annual)]).unwrap();
    assert_eq!(switch.to, Billing::Monthly);
    assert_eq!((switch.moves[0].unit_price.minor, switch.moves[0].renews_on), (510, day("2027-05-05")));
}

#[test]
fn what_is_not_billed_that_way_stays() {
    let base = candidate(Billing::Monthly);
    let mut trial = candidate(Billing::Never);
    trial.subscription.is_trial = true;
    let mut usage = candidate(Billing::Monthly);
    usage.subscription.unit = Unit::Usage;
    let mut gone = candidate(Billing::Monthly);
    gone.standing = Status::Deleted;
    let elsewhere = add_on(&candidate(Billing::Monthly));
    let switch = of(&[base, trial, usage, gone, elsewhere, candidate(Billing::Annual)]).unwrap();
    let reasons: Vec<_> = switch.stays.iter().map(|stay| stay.because).collect();
    assert_eq!(switch.moves.len(), 1);
    assert_eq!(
        reasons,
        [Because::Trial, Because::UsageBased, Because::Deleted, Because::BilledLikeBase, Because::Already]
    );
}

#[test]
fn each_refusal_names_its_rule() {
    let plain = || candidate(Billing::Monthly);
    let key = |candidates: &[Candidate]| of(candidates).err().map(|refusal| refusal.key());
    let mut trial = candidate(Billing::Never);
    trial.subscription.is_trial = true;
    assert_eq!(key(&[trial]), Some("trial"));
    let mut usage = plain();
    usage.subscription.unit = Unit::Usage;
    assert_eq!(key(&[usage]), Some("usage_based"));
    let deleted = Candidate { standing: Status::Deleted, ..plain() };
    assert_eq!(key(&[deleted]), Some("deleted"));
    assert_eq!(key(&[add_on(&plain())]), Some("billed_like_base"));
    for standing in [Status::Suspended, Status::Pending] {
        assert_eq!(key(&[plain(), Candidate { standing, ..plain() }]), Some("not_all_active"));
    }
    let monthly_only = Candidate { billings: vec![Billing::Monthly], ..plain() };
    assert_eq!(key(&[plain(), monthly_only]), Some("billing_not_offered"));
    assert_eq!(key(&[Candidate { price: None, ..plain() }]), Some("no_price"));
}

#[test]
fn a_mark_tells_when_a_version_a_price_or_a_day_is_another_one() {
    let base = candidate(Billing::Monthly);
    let mark = of(std::slice::from_ref(&base)).unwrap().mark();
    assert_eq!(of(std::slice::from_ref(&base)).unwrap().mark(), mark);
    let mut newer = base.clone();
    newer.subscription.version += 1;
    assert_ne!(of(&[newer]).unwrap().mark(), mark);
    let dearer =
        Candidate { price: base.price.map(|price| Price { annual: price.annual.times(2), ..price }), ..base };
    assert_ne!(of(&[dearer]).unwrap().mark(), mark);
}
