//! How companies enroll by themselves, and the operator's decision.

use crate::values::id::{EnrolmentId, LetterId};

super::addresses! {
    choice() "/enrol";
    sent() "/enrol/sent";
    /// Who asks for a link; `kind` is what the company wants to be.
    start(kind: &str) "/enrol/{kind}";
    /// What the mailed link leads to.
    link(token: &str) "/enrolment/{token}";
    proof(token: &str) "/enrolment/{token}/proof";
    details(token: &str) "/enrolment/{token}/details";
    review(token: &str) "/enrolment/{token}/review";
    submission(token: &str) "/enrolment/{token}/submission";
    list() "/operator/enrolments";
    export() "/operator/enrolments/export";
    show(id: &EnrolmentId) "/operator/enrolments/{id}";
    approval(id: &EnrolmentId) "/operator/enrolments/{id}/approval";
    refusal(id: &EnrolmentId) "/operator/enrolments/{id}/refusal";
    letter_delivery(id: &EnrolmentId, letter: &LetterId)
        "/operator/enrolments/{id}/letters/{letter}/delivery";
}

/// The details, with what is wrong with them.
pub fn check_details(token: &str) -> String {
    super::address(details(token), &(), &[("check", "yes")])
}

/// The choice; once enrolled, the company goes on at `next`.
pub fn choice_then(next: &str) -> String {
    super::address(choice(), &(), &[("next", next)])
}

/// The same for those who have chosen.
pub fn start_then(kind: &str, next: &str) -> String {
    super::address(start(kind), &(), &[("next", next)])
}
