//! Tells the applicant that it was handed in; the link shows how it goes on.

use askama::Template;

use super::{Applicant, ENROLMENT};
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;

#[derive(Template)]
#[template(path = "enrolment/letters/received.letter")]
pub struct Received<'a> {
    pub to: Applicant<'a>,
    pub name: &'a str,
    pub company: &'a str,
    pub link: &'a str,
}

impl Written for Received<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&ENROLMENT, None)
    }
}
