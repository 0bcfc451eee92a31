//! Tells somebody who begins that there is an account with the address.

use askama::Template;

use super::Applicant;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};

/// About the enrolment that there is not.
pub const KIND: Kind = Kind { key: "enrolment_account", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "enrolment/letters/account.letter")]
pub struct Account<'a> {
    pub to: Applicant<'a>,
    /// Where one signs in.
    pub link: &'a str,
}

impl Written for Account<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&KIND, None)
    }
}
