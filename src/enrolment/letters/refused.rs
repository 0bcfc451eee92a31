//! Tells the applicant why it was refused; under the link it can be mended.

use askama::Template;

use super::{Applicant, ENROLMENT};
use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;

#[derive(Template)]
#[template(path = "enrolment/letters/refused.letter")]
pub struct Refused<'a> {
    pub to: Applicant<'a>,
    pub name: &'a str,
    pub company: &'a str,
    pub by: &'a Viewer,
    pub reason: &'a str,
    pub link: &'a str,
    pub until: &'a str,
}

impl Written for Refused<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&ENROLMENT, Some(&self.by.email))
    }
}
