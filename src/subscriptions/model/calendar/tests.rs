use super::super::tests::plain;
use super::*;
use crate::values::id::SubscriptionId;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Active, of a year that is over on the first of March 2027.
fn annual() -> Subscription {
    Subscription { renews_on: day("2027-03-01"), term_months: 12, ..plain() }
}

#[test]
fn a_term_is_followed_by_another_unless_somebody_decided_otherwise() {
    let over = Some((day("2027-03-01"), Turn::Renew));
    assert_eq!(annual().next_turn(), over);
    let expired = Some((day("2027-03-01"), Turn::End(End::Expired)));
    assert_eq!(Subscription { auto_renews: false, ..annual() }.next_turn(), expired);
    assert_eq!(Subscription { is_trial: true, ..annual() }.next_turn(), expired);
}

#[test]
fn what_is_suspended_renews_as_well_until_its_data_is_gone() {
    let kept =
        |until: &str| Subscription { status: Status::Suspended, kept_until: Some(day(until)), ..annual() };
    assert_eq!(kept("2027-02-27").next_turn(), Some((day("2027-02-28"), Turn::End(End::DataDeleted))));
    assert_eq!(kept("2027-02-28").next_turn(), Some((day("2027-03-01"), Turn::End(End::DataDeleted))));
    assert_eq!(kept("2027-03-01").next_turn(), Some((day("2027-03-01"), Turn::Renew)));
}

#[test]
fn add_ons_wait_for_their_base_and_what_is_used_for_nothing() {
    let add_on = Subscription { parent: Some(SubscriptionId::new()), ..annual() };
    assert_eq!(add_on.next_turn(), None);
    let kept = Some(day("2027-01-31"));
    let suspended = Subscription { status: Status::Suspended, kept_until: kept, ..add_on };
    assert_eq!(suspended.next_turn(), Some((day("2027-02-01"), Turn::End(End::DataDeleted))));
    assert_eq!(Subscription { term_months: 1_200, ..annual() }.next_turn(), None);
    assert_eq!(Subscription { status: Status::Deleted, ..annual() }.next_turn(), None);
}

#[test]
fn what_is_suspended_keeps_its_data_as_long_as_was_said_though_nothing_follows_its_term() {
    let kept = Some(day("2027-04-30"));
    let lapsing =
        Subscription { auto_renews: false, status: Status::Suspended, kept_until: kept, ..annual() };
    assert_eq!(lapsing.next_turn(), Some((day("2027-05-01"), Turn::End(End::DataDeleted))));
    assert!(!lapsing.comes_to_end_of_term());
    // Reactivated, it has ended by then.
    let back = Subscription { status: Status::Active, kept_until: None, ..lapsing };
    assert_eq!(back.next_turn(), Some((day("2027-03-01"), Turn::End(End::Expired))));
}

#[test]
fn what_is_left_behind_leaves_behind_what_is_added_to_it() {
    let base = annual();
    let below = |parent: &Subscription| Subscription {
        id: SubscriptionId::new(),
        parent: Some(parent.id),
        ..annual()
    };
    let phone = Subscription { auto_renews: false, ..below(&base) };
    let plan = below(&phone);
    let used = Subscription { term_months: 1_200, ..below(&base) };
    let storage = below(&base);
    let all = [phone, used.clone(), storage.clone(), plan];
    assert_eq!(going_on(&base, &all), HashSet::from([base.id, used.id, storage.id]));
}
