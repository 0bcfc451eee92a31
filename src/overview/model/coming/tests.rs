use super::*;
use crate::catalog::model::Unit;
use crate::overview::model::running::tests::{day, subscription, today};
use crate::values::id::{DelegationId, OrganisationId};
use crate::values::moment::Moment;

fn delegation(reseller: &str, ends_on: Option<&str>) -> Delegation {
    Delegation {
        id: DelegationId::new(),
        reseller: OrganisationId::new(),
        reseller_name: reseller.to_owned(),
        since: Moment::from_unix(0),
        given_by: String::new(),
        ends_on: ends_on.map(day),
        ended_at: None,
        ended_by: String::new(),
        is_revoked: false,
    }
}

/// What comes, each by its name and what it is.
fn names(coming: Vec<Coming>) -> Vec<String> {
    let name = |one: Coming| match one.event {
        Event::DelegationEnds(reseller) => format!("{reseller} ends"),
        Event::TrialEnds(trial) => format!("{} ends", trial.nickname),
        Event::Lapses(lapsing) => format!("{} lapses", lapsing.nickname),
        Event::DataGoes(gone) => format!("{} goes", gone.nickname),
        Event::Renews(renewed) => format!("{} renews", renewed.nickname),
    };
    coming.into_iter().map(name).collect()
}

#[test]
fn what_comes_next_comes_first_and_ends_come_before_renewals_of_the_same_day() {
    let on =
        |renews_on: &str, name: &str| Subscription { renews_on: day(renews_on), ..subscription(name, 1) };
    let trial = Subscription { is_trial: true, ..on("2026-12-05", "Trial") };
    let resting =
        Subscription { status: Status::Suspended, kept_until: Some(today()), ..on("2027-01-01", "Resting") };
    let past = on("2026-11-28", "Past");
    let lapsing = Subscription { auto_renews: false, ..on("2026-12-05", "Lapsing") };
    let all = [on("2026-12-05", "Renewing"), lapsing, trial, resting, past];
    let lasting = delegation("Brightwater", Some("2026-12-05"));
    let coming = coming(&all, &[lasting], today());
    assert_eq!(
        names(coming),
        ["Resting goes", "Brightwater ends", "Trial ends", "Lapsing lapses", "Renewing renews"]
    );
}

#[test]
fn of_delegations_only_those_come_to_an_end_that_last_and_have_one() {
    let ended = Delegation { ended_at: Some(Moment::from_unix(1)), ..delegation("Gone", Some("2026-12-05")) };
    let over = delegation("Over", Some("2026-11-28"));
    let today_still = delegation("Today", Some("2026-11-29"));
    let found = coming(&[], &[ended, over, delegation("Open", None), today_still], today());
    assert_eq!(names(found), ["Today ends"]);
}

#[test]
fn what_is_billed_by_use_has_no_day() {
    let used = Subscription { unit: Unit::Usage, ..subscription("Azure", 1) };
    assert_eq!(coming(&[used], &[], today()), []);
}

#[test]
fn the_soonest_are_shown() {
    let many: Vec<_> = (0..9).map(|number| subscription(&format!("S{number}"), 1)).collect();
    assert_eq!(names(coming(&many, &[], today())).len(), MOST);
}
