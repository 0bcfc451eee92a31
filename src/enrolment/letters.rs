//! The letters of this area: to the applicant at each turn, and to those who decide.

pub mod account;
pub mod approved;
pub mod link;
pub mod received;
pub mod refused;
pub mod standing;
pub mod waiting;

use super::model::Enrolment;
use super::store::link::leads_on;
use crate::language::Language;
use crate::mail::compose::Envelope;
use crate::mail::kind::{Hand, Kind};
use crate::partners::store::operator::Operator;
use crate::values::email::Email;
use crate::values::id::EnrolmentId;
use crate::web::Site;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&ENROLMENT, &account::KIND, &waiting::KIND];

/// To the applicant; how the last one fares is shown on the enrolment's page.
pub const ENROLMENT: Kind = Kind { key: "enrolment", hand: Hand::Portal, still_holds: leads_on };

/// The applicant, and who writes.
#[derive(Clone, Copy)]
pub struct Applicant<'a> {
    pub id: &'a EnrolmentId,
    pub email: &'a Email,
    pub language: Language,
    pub operator: &'a Operator,
    pub site: &'a Site,
}

impl<'a> Applicant<'a> {
    /// Whoever began an enrolment.
    pub fn of(enrolment: &'a Enrolment, operator: &'a Operator, site: &'a Site) -> Self {
        Self { id: &enrolment.id, email: &enrolment.email, language: enrolment.language, operator, site }
    }

    /// An answer goes to whoever decided, else to the operator's support.
    fn envelope(self, kind: &'static Kind, decided_by: Option<&'a Email>) -> Envelope<'a> {
        Envelope {
            kind,
            about: self.id.to_string(),
            organisation: &self.operator.id,
            to: self.email,
            language: self.language,
            reply_to: decided_by.or(self.operator.support_email.as_ref()),
            installation: &self.site.name,
        }
    }
}
