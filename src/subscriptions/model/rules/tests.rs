//! Every rule in every state.

use super::*;

const READY: Readiness = Readiness { is_accepted: true, is_complete: true, is_lasting: true };
const PLAIN: State = State {
    status: Status::Active,
    is_trial: false,
    is_usage_based: false,
    renews: true,
    base: None,
    readiness: READY,
    is_transferring: false,
    is_reducible: true,
    is_cancellable: true,
};

#[test]
fn only_the_quantity_is_frozen_while_it_is_about_to_move() {
    let moving = State { is_transferring: true, ..PLAIN };
    for action in [Action::ChangeQuantity, Action::RaiseQuantity] {
        assert_eq!(moving.refusal(action), Some(Refusal::UnderTransfer));
    }
    for action in [Action::Rename, Action::DecideRenewal, Action::Suspend, Action::AssignSupport] {
        assert_eq!(moving.refusal(action), None, "{action:?}");
    }
}

#[test]
fn each_state_allows_what_the_table_says() {
    use Action::{
        AssignReseller, AssignSupport, Cancel, ChangeQuantity, DecideRenewal, PlanQuantity, RaiseQuantity,
        Reactivate, Rename, Suspend, Upgrade,
    };
    use Refusal as No;
    let ok = None;
    #[rustfmt::skip]
    let table = [
        //                pending             active            suspended             deleted
        (ChangeQuantity, [Some(No::Pending), ok,               Some(No::Suspended), Some(No::Deleted)]),
        (RaiseQuantity,  [Some(No::Pending), ok,               Some(No::Suspended), Some(No::Deleted)]),
        (Cancel,         [Some(No::Pending), ok,               ok,                  Some(No::Deleted)]),
        (Rename,         [ok,                ok,               ok,                  Some(No::Deleted)]),
        (PlanQuantity,   [ok,                ok,               ok,                  Some(No::Deleted)]),
        (DecideRenewal,  [ok,                ok,               ok,                  Some(No::Deleted)]),
        (Upgrade,        [Some(No::Pending), ok,               Some(No::Suspended), Some(No::Deleted)]),
        (Suspend,        [Some(No::Pending), ok,               Some(No::Suspended), Some(No::Deleted)]),
        (Reactivate,     [Some(No::Pending), Some(No::Active), ok,                  Some(No::Deleted)]),
        (AssignReseller, [ok,                ok,               ok,                  Some(No::Deleted)]),
        (AssignSupport,  [ok,                ok,               ok,                  Some(No::Deleted)]),
    ];
    for (action, answers) in table {
        for (status, answer) in Status::ALL.iter().zip(answers) {
            assert_eq!(State { status: *status, ..PLAIN }.refusal(action), answer, "{action:?} {status:?}");
        }
    }
}

#[test]
fn the_quantity_of_trials_and_usage_is_not_changed_nor_without_the_agreement() {
    let refusal = |state: State| state.refusal(Action::ChangeQuantity);
    assert_eq!(refusal(State { is_trial: true, ..PLAIN }), Some(Refusal::Trial));
    assert_eq!(refusal(State { is_usage_based: true, ..PLAIN }), Some(Refusal::UsageBased));
    let unready = Readiness { is_accepted: false, ..READY };
    assert_eq!(refusal(State { readiness: unready, ..PLAIN }), Some(Refusal::AgreementMissing));
}

#[test]
fn what_is_under_transfer_is_neither_converted_nor_upgraded_nor_planned_otherwise() {
    let state = State { is_transferring: true, ..PLAIN };
    for action in [Action::Upgrade, Action::PlanQuantity, Action::PlanRaise, Action::WithdrawPlan] {
        assert_eq!(state.refusal(action), Some(Refusal::UnderTransfer), "{action:?}");
    }
    let trial = State { is_trial: true, ..state };
    assert_eq!(trial.refusal(Action::Convert), Some(Refusal::UnderTransfer));
    let incomplete = State { readiness: Readiness { is_complete: false, ..READY }, ..PLAIN };
    assert_eq!(incomplete.refusal(Action::PlanRaise), Some(Refusal::AccountIncomplete));
    assert_eq!(incomplete.refusal(Action::PlanQuantity), None);
}

#[test]
fn what_the_offer_allows_early_in_a_term_alone_is_refused_later() {
    let late = State { is_reducible: false, is_cancellable: false, ..PLAIN };
    assert_eq!(late.refusal(Action::ReduceQuantity), Some(Refusal::ReducedAtRenewal));
    assert_eq!(late.refusal(Action::Cancel), Some(Refusal::NotCancelled));
    for action in [Action::ChangeQuantity, Action::RaiseQuantity, Action::PlanQuantity, Action::Suspend] {
        assert_eq!(late.refusal(action), None, "{action:?}");
    }
    assert_eq!(PLAIN.refusal(Action::ReduceQuantity), None);
    let moving = State { is_transferring: true, ..PLAIN };
    assert_eq!(moving.refusal(Action::Cancel), Some(Refusal::UnderTransfer));
}

#[test]
fn a_quantity_is_planned_for_another_term_alone() {
    let refusal = |state: State| state.refusal(Action::PlanQuantity);
    assert_eq!(refusal(State { renews: false, ..PLAIN }), Some(Refusal::Ends));
    assert_eq!(refusal(State { is_trial: true, renews: false, ..PLAIN }), Some(Refusal::Trial));
    assert_eq!(refusal(State { is_usage_based: true, ..PLAIN }), Some(Refusal::UsageBased));
}

#[test]
fn an_active_trial_becomes_a_paid_subscription_of_a_customer_that_can_order() {
    let refusal = |state: State| state.refusal(Action::Convert);
    let trial = State { is_trial: true, ..PLAIN };
    assert_eq!(refusal(trial), None);
    assert_eq!(refusal(PLAIN), Some(Refusal::Paid));
    for (status, no) in [
        (Status::Pending, Refusal::Pending),
        (Status::Suspended, Refusal::Suspended),
        (Status::Deleted, Refusal::Deleted),
    ] {
        assert_eq!(refusal(State { status, ..trial }), Some(no));
    }
    let unready = Readiness { is_accepted: false, ..READY };
    assert_eq!(refusal(State { readiness: unready, ..trial }), Some(Refusal::AgreementMissing));
    let incomplete = Readiness { is_complete: false, ..READY };
    assert_eq!(refusal(State { readiness: incomplete, ..trial }), Some(Refusal::AccountIncomplete));
}

#[test]
fn nothing_is_raised_or_reactivated_while_the_account_lacks_what_the_country_demands() {
    let readiness = Readiness { is_complete: false, ..READY };
    let (active, suspended) =
        (State { readiness, ..PLAIN }, State { readiness, status: Status::Suspended, ..PLAIN });
    assert_eq!(active.refusal(Action::RaiseQuantity), Some(Refusal::AccountIncomplete));
    assert_eq!(suspended.refusal(Action::Reactivate), Some(Refusal::AccountIncomplete));
    for action in [Action::ChangeQuantity, Action::Suspend, Action::Rename, Action::AssignSupport] {
        assert_eq!(active.refusal(action), None, "{action:?}");
    }
}

#[test]
fn an_add_on_comes_back_only_with_its_base() {
    let add_on = |base| State { status: Status::Suspended, base: Some(base), ..PLAIN };
    assert_eq!(add_on(Status::Active).refusal(Action::Reactivate), None);
    for base in [Status::Pending, Status::Suspended, Status::Deleted] {
        assert_eq!(add_on(base).refusal(Action::Reactivate), Some(Refusal::BaseNotActive), "{base:?}");
    }
}

#[test]
fn nothing_is_done_any_more_once_the_relationship_has_ended() {
    use Action::{AssignReseller, AssignSupport, ChangeQuantity, Reactivate, Rename, Suspend};
    for action in [ChangeQuantity, Rename, Suspend, Reactivate, AssignReseller, AssignSupport] {
        let readiness = Readiness { is_lasting: false, ..READY };
        let ended = |status| State { status, readiness, ..PLAIN };
        assert_eq!(ended(Status::Suspended).refusal(action), Some(Refusal::Ended), "{action:?}");
        assert_eq!(ended(Status::Deleted).refusal(action), Some(Refusal::Deleted), "{action:?}");
    }
}

#[test]
fn data_is_kept_for_ninety_days_and_on_the_last_of_them() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let last = kept_until(day("2026-11-21"));
    assert_eq!(last, day("2027-02-19"));
    assert_eq!(standing(Status::Suspended, Some(last), last), Status::Suspended);
    assert_eq!(standing(Status::Suspended, Some(last), days_after(last, 1)), Status::Deleted);
    assert_eq!(standing(Status::Active, Some(last), days_after(last, 1)), Status::Active);
    assert_eq!(standing(Status::Suspended, None, last), Status::Suspended);
}
