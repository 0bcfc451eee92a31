//! Brings the link that proves the address and leads on.

use askama::Template;

use super::{Applicant, ENROLMENT};
use crate::enrolment::model::Kind;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;

#[derive(Template)]
#[template(path = "enrolment/letters/link.letter")]
pub struct Link<'a> {
    pub to: Applicant<'a>,
    pub kind: Kind,
    pub link: &'a str,
    pub until: &'a str,
}

impl Written for Link<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&ENROLMENT, None)
    }
}
