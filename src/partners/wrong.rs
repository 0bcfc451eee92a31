//! What only this area finds wrong: with what was typed, and with resellers that were chosen.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/partners/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "partners/wrong.txt")]
pub enum Wrong {
    NoWayToHelp,
    SecondHeadOffice,
    /// A reseller whose enrolment is not complete.
    NotEnrolled,
    /// A reseller that the operator has suspended.
    Suspended,
    /// A reseller without a location that can earn.
    NoEarningLocation,
    /// A reseller that has not accepted this version of the agreement.
    AgreementUnsigned {
        version: i32,
    },
}

impl Worded for Wrong {}
