//! Brings a code to the mailbox to which a request was sent, so that its owner agrees.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partnerships::model::Request;
use crate::values::id::{OrganisationId, PartnershipRequestId};
use crate::web::Site;

/// About a request and the organisation that wants to accept it, which sees how the letter fares.
pub const KIND: Kind = Kind { key: "partnership_code", hand: Hand::Portal, still_holds: always };

/// What such a letter is about.
pub fn about(request: &PartnershipRequestId, organisation: &OrganisationId) -> String {
    format!("{request}/{organisation}")
}

#[derive(Template)]
#[template(path = "partnerships/letters/code.letter")]
pub struct Code<'a> {
    pub by: &'a Viewer,
    /// The name of whose request it is.
    pub provider: &'a str,
    pub request: &'a Request,
    pub code: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for Code<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: about(&self.request.id, &self.by.organisation.id),
            organisation: &self.by.organisation.id,
            to: &self.request.to,
            language: self.request.draft.language,
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
