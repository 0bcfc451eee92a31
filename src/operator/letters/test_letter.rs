//! Shows whether letters arrive.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::values::email::Email;
use crate::web::Site;

/// It never stands in the outbox.
pub const KIND: Kind = Kind { key: "test_letter", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "operator/letters/test_letter.letter")]
pub struct TestLetter<'a> {
    pub by: &'a Viewer,
    pub to: &'a Email,
    pub site: &'a Site,
}

impl Written for TestLetter<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.by.person.to_string(),
            organisation: &self.by.organisation.id,
            to: self.to,
            language: self.by.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
