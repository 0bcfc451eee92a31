//! Tells whoever asked, or who looks after the request since, how the company answered.

use askama::Template;

use crate::invitations::model::Request;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partners::model::contact::Contact;
use crate::web::Site;

/// About a request.
pub const KIND: Kind = Kind { key: "customer_request_answer", hand: Hand::Portal, still_holds: always };

/// How a company answered.
#[derive(Clone, Copy)]
pub enum Verdict<'a> {
    Accepted { company: &'a str },
    Declined { reason: &'a str },
}

#[derive(Template)]
#[template(path = "invitations/letters/answer.letter")]
pub struct Answer<'a> {
    pub request: &'a Request,
    /// Who answered.
    pub person: &'a str,
    pub to: &'a Contact,
    pub verdict: Verdict<'a>,
    pub site: &'a Site,
}

impl Written for Answer<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.request.id.to_string(),
            organisation: self.request.asker(),
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.request.drafted.to),
            installation: &self.site.name,
        }
    }
}
