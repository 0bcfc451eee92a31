//! Tells the applicant that the account is open.

use askama::Template;

use super::{Applicant, ENROLMENT};
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::values::email::Email;

#[derive(Template)]
#[template(path = "enrolment/letters/approved.letter")]
pub struct Approved<'a> {
    pub to: Applicant<'a>,
    pub name: &'a str,
    pub company: &'a str,
    /// Where one signs in.
    pub link: &'a str,
    /// Whether a partnership request led here.
    pub leads_back: bool,
    /// Whoever decided, unless the portal itself did.
    pub by: Option<&'a Email>,
}

impl Written for Approved<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&ENROLMENT, self.by)
    }
}
