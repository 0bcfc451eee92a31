//! Brings a code to the mailbox to which a request was sent.

use askama::Template;

use crate::invitations::model::Request;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::web::Site;

/// About a request.
pub const KIND: Kind = Kind { key: "customer_request_code", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "invitations/letters/code.letter")]
pub struct Code<'a> {
    pub request: &'a Request,
    pub code: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for Code<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.request.id.to_string(),
            organisation: self.request.asker(),
            to: &self.request.drafted.to,
            language: self.request.drafted.text.language,
            reply_to: Some(&self.request.requested_by_email),
            installation: &self.site.name,
        }
    }
}
