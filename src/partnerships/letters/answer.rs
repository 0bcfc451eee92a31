//! Tells whoever asked, or who looks after the request since, how the reseller answered.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partners::model::Location;
use crate::partners::model::contact::Contact;
use crate::partnerships::model::Request;
use crate::web::Site;

/// About a request.
pub const KIND: Kind = Kind { key: "partnership_answer", hand: Hand::Portal, still_holds: always };

/// How a reseller answered.
#[derive(Clone, Copy)]
pub enum Verdict<'a> {
    Accepted { location: &'a Location },
    Declined { reason: &'a str },
}

#[derive(Template)]
#[template(path = "partnerships/letters/answer.letter")]
pub struct Answer<'a> {
    pub by: &'a Viewer,
    pub request: &'a Request,
    pub to: &'a Contact,
    pub verdict: Verdict<'a>,
    pub site: &'a Site,
}

impl Answer<'_> {
    /// Whether somebody else answered than whom the request was sent to.
    fn is_by_other(&self) -> bool {
        self.by.email != self.request.to
    }
}

impl Written for Answer<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.request.id.to_string(),
            organisation: &self.request.provider,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
