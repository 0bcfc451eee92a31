//! Brings a further link to what was handed in.

use askama::Template;

use super::{Applicant, ENROLMENT};
use crate::enrolment::model::Kind;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;

#[derive(Template)]
#[template(path = "enrolment/letters/standing.letter")]
pub struct Standing<'a> {
    pub to: Applicant<'a>,
    pub kind: Kind,
    pub link: &'a str,
    pub until: &'a str,
}

impl Written for Standing<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&ENROLMENT, None)
    }
}
