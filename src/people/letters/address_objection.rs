//! Tells the old mailbox that another address is to take its place, with a link to object.

use askama::Template;

use super::to_oneself;
use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::values::email::Email;
use crate::web::Site;

/// About a person. Nobody takes such a letter back who could have asked for the change.
pub const KIND: Kind = Kind { key: "address_objection", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "people/letters/address_objection.letter")]
pub struct AddressObjection<'a> {
    pub viewer: &'a Viewer,
    /// The address that is to take the place of the viewer's.
    pub new: &'a Email,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for AddressObjection<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope { to: &self.viewer.mailbox, ..to_oneself(self.viewer, &KIND, self.site) }
    }
}
