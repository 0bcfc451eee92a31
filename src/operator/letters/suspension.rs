//! Tells one of an organisation's Global admins that it is suspended, or may go on.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::people::facts::RoleHolder;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// About the organisation.
pub const KIND: Kind = Kind { key: "suspension", hand: Hand::Portal, still_holds: always };

/// What happened.
#[derive(Clone, Copy)]
pub enum Turn<'a> {
    Suspended { reason: &'a str },
    Resumed,
}

#[derive(Template)]
#[template(path = "operator/letters/suspension.letter")]
pub struct Suspension<'a> {
    pub by: &'a Viewer,
    pub id: &'a OrganisationId,
    /// The name of the organisation.
    pub organisation: &'a str,
    /// One of its Global admins.
    pub to: &'a RoleHolder,
    pub turn: Turn<'a>,
    pub site: &'a Site,
}

impl Written for Suspension<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.id.to_string(),
            organisation: &self.by.organisation.id,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
