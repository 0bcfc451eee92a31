//! Tells somebody concerned who looks after a customer from now on, in the words of whoever decided it.

use askama::Template;

use crate::activity::Author;
use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::paths;
use crate::relationships::model::Draft;
use crate::values::email::Email;
use crate::values::id::CustomerId;
use crate::web::Site;

/// About a customer.
pub const KIND: Kind = Kind { key: "delegation_letter", hand: Hand::Person, still_holds: always };

#[derive(Template)]
#[template(path = "relationships/letters/arranged.letter")]
pub struct Arranged<'a> {
    pub by: &'a Author,
    pub customer: &'a CustomerId,
    pub draft: &'a Draft,
    pub to: &'a Email,
    /// Whoever decided it, as long as they can be asked.
    pub reply_to: Option<&'a Email>,
    pub site: &'a Site,
}

impl Arranged<'_> {
    /// What drafts to resellers lead to.
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::relationships::of_customer(self.customer))
    }
}

impl Written for Arranged<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.customer.to_string(),
            organisation: &self.by.organisation,
            to: self.to,
            language: Language::of_tag(&self.draft.language).unwrap_or_default(),
            reply_to: self.reply_to,
            installation: &self.site.name,
        }
    }
}
