//! Tells one of a partner's Global admins what it lacks.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partnerships::model::board::Eligibility;
use crate::people::facts::RoleHolder;
use crate::web::Site;

/// About the reseller.
pub const KIND: Kind = Kind { key: "eligibility_reminder", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "partnerships/letters/reminder.letter")]
pub struct Reminder<'a> {
    pub by: &'a Viewer,
    pub eligibility: &'a Eligibility,
    /// The Global admin.
    pub to: &'a RoleHolder,
    pub site: &'a Site,
}

impl Written for Reminder<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.eligibility.reseller.to_string(),
            organisation: &self.by.organisation.id,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
