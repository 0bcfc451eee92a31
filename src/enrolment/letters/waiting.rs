//! Tells somebody who decides that an enrolment waits. An answer goes to the applicant.

use askama::Template;

use crate::enrolment::model::{self, Details, Enrolment};
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partners::store::operator::Operator;
use crate::people::facts::RoleHolder;
use crate::web::Site;

/// About the enrolment.
pub const KIND: Kind = Kind { key: "enrolment_waiting", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "enrolment/letters/waiting.letter")]
pub struct Waiting<'a> {
    /// Who decides.
    pub to: &'a RoleHolder,
    pub enrolment: &'a Enrolment,
    pub details: &'a Details,
    pub operator: &'a Operator,
    pub site: &'a Site,
}

impl Written for Waiting<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.enrolment.id.to_string(),
            organisation: &self.operator.id,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.enrolment.email),
            installation: &self.site.name,
        }
    }
}
