//! Tells whoever runs the portal that an organisation took a name that another one has.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partners::store::namesakes::Namesake as Other;
use crate::people::facts::RoleHolder;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// About the organisation that took the name.
pub const KIND: Kind = Kind { key: "namesake", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "partners/letters/namesake.letter")]
pub struct Namesake<'a> {
    pub by: &'a Viewer,
    /// The name that was taken.
    pub taken: &'a str,
    pub namesakes: &'a [Other],
    pub operator: &'a OrganisationId,
    /// One of the operator's Global admins.
    pub to: &'a RoleHolder,
    pub site: &'a Site,
}

impl Written for Namesake<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.by.organisation.id.to_string(),
            organisation: self.operator,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
