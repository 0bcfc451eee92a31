use std::collections::HashSet;

use super::*;
use crate::subscriptions::model::tests::plain;
use crate::subscriptions::model::{Status, Subscription};
use crate::values::moment::months_after;
use crate::web::glossary;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

fn add_on(base: &Subscription) -> Subscription {
    Subscription { parent: Some(base.id), offer_name: "Calling".to_owned(), ..plain() }
}

fn frozen(subscription: &Subscription, base: Option<&Subscription>) -> Item {
    Item {
        subscription: subscription.id,
        parent: base.map(|base| base.id),
        offer_name: subscription.offer_name.clone(),
        nickname: subscription.nickname.clone(),
        unit: subscription.unit,
        quantity: subscription.quantity,
        billing: subscription.billing,
        unit_price: subscription.unit_price,
        renews_on: subscription.renews_on,
        outcome: Outcome::Waiting,
        why: String::new(),
        became: None,
    }
}

#[test]
fn one_side_answers_after_the_other_and_whoever_starts_it_has_answered() {
    assert_eq!(Kind::Provider.sides(true), [Side::Customer, Side::Partner]);
    assert_eq!(Kind::Reseller.sides(false), [Side::Provider, Side::Partner]);
    assert_eq!(Kind::Reseller.sides(true), [Side::Partner]);
    for side in Side::ALL {
        assert_eq!(side.turn().side(), Some(*side));
        assert!(side.turn().is_open());
    }
    assert_eq!(State::ALL.iter().filter(|state| state.is_open()).count(), Side::ALL.len());
}

#[test]
fn add_ons_of_add_ons_move_with_their_base() {
    let (base, other) = (plain(), plain());
    let first = add_on(&base);
    let second = add_on(&first);
    let orphan = add_on(&plain());
    let none = (HashSet::new(), HashSet::new());
    let all = vec![second.clone(), orphan, base.clone(), first.clone(), other.clone()];
    let found = families(all, (&none.0, &none.1), today());
    let ids: Vec<Vec<_>> = found.iter().map(|family| family.all().map(|one| one.id).collect()).collect();
    assert_eq!(ids, [vec![base.id, first.id, second.id], vec![other.id]]);
    assert!(found.iter().all(|family| family.obstacle.is_none()));
}

#[test]
fn what_keeps_one_of_a_family_keeps_all_of_it() {
    let base = plain();
    let first = add_on(&base);
    let with = |all: Vec<Subscription>, open: Vec<&Subscription>, fresh: Vec<&Subscription>| {
        let open = open.into_iter().map(|one| one.id).collect();
        let fresh = fresh.into_iter().map(|one| one.order).collect();
        families(all, (&open, &fresh), today()).first().and_then(|family| family.obstacle)
    };
    let all = || vec![base.clone(), first.clone()];
    assert_eq!(with(all(), vec![], vec![]), None);
    assert_eq!(with(all(), vec![&first], vec![]), Some(Obstacle::InTransfer));
    assert_eq!(with(all(), vec![], vec![&first]), Some(Obstacle::Cancellable));
    let suspended = Subscription { status: Status::Suspended, ..first.clone() };
    assert_eq!(with(vec![base.clone(), suspended], vec![], vec![]), Some(Obstacle::NotActive));
    let deleted = Subscription { status: Status::Deleted, ..first.clone() };
    assert_eq!(with(vec![base.clone(), deleted], vec![], vec![]), None, "it is gone, and holds up nothing");
    let trial = Subscription { is_trial: true, ..base.clone() };
    assert_eq!(with(vec![trial], vec![], vec![]), Some(Obstacle::Trial));
}

#[test]
fn quantities_are_frozen_and_days_and_prices_are_not() {
    let base = plain();
    let first = add_on(&base);
    let items = [frozen(&base, None), frozen(&first, Some(&base))];
    let renewed = Subscription {
        renews_on: months_after(base.renews_on, 12),
        unit_price: base.unit_price.times(2),
        version: 7,
        ..base.clone()
    };
    assert_eq!(still_stands(&items, &[renewed, first.clone()], today()), Ok(()));
    let more = Subscription { quantity: Quantity::of(11), ..first.clone() };
    assert_eq!(still_stands(&items, &[base.clone(), more], today()), Err(Obstacle::QuantityChanged));
    assert_eq!(still_stands(&items, std::slice::from_ref(&base), today()), Err(Obstacle::Gone));
    let gone = Subscription { status: Status::Deleted, ..first.clone() };
    assert_eq!(still_stands(&items, &[base.clone(), gone.clone()], today()), Err(Obstacle::Gone));
    let suspended = Subscription { status: Status::Suspended, ..base.clone() };
    assert_eq!(still_stands(&items, &[suspended, first.clone()], today()), Err(Obstacle::NotActive));
    let second = add_on(&base);
    let all = [base.clone(), first.clone(), second.clone()];
    assert_eq!(still_stands(&items, &all, today()), Err(Obstacle::OtherAddOns));
    let over = Subscription { status: Status::Deleted, ..second };
    assert_eq!(still_stands(&items, &[base, first, over], today()), Ok(()));
}

#[test]
fn the_log_has_words_for_every_end_of_a_file() {
    for state in State::ALL {
        assert!(glossary::find("value of transfer", state.as_text()).is_some(), "{state:?}");
    }
    for outcome in Outcome::ALL {
        assert!(glossary::find("value of transfer_result", outcome.as_text()).is_some(), "{outcome:?}");
    }
}
