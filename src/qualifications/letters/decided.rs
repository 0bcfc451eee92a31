//! Tells whoever asked how it was decided. An answer goes to whoever decided.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::people::facts::RoleHolder;
use crate::qualifications::model::Review;
use crate::qualifications::store::deciding::Verdict;
use crate::web::Site;

/// About the case.
pub const KIND: Kind = Kind { key: "qualification_decided", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "qualifications/letters/decided.letter")]
pub struct DecidedLetter<'a> {
    /// Who asked.
    pub to: &'a RoleHolder,
    pub review: &'a Review,
    pub customer: &'a str,
    pub verdict: &'a Verdict,
    pub by: &'a Viewer,
    pub site: &'a Site,
}

impl Written for DecidedLetter<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.review.id.to_string(),
            organisation: &self.by.organisation.id,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
