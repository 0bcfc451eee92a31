//! Brings a link that proves the address of one's account.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::session::letters::ADDRESS_LINK;
use crate::web::Site;

#[derive(Template)]
#[template(path = "people/letters/address_proof.letter")]
pub struct AddressProof<'a> {
    pub viewer: &'a Viewer,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for AddressProof<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &ADDRESS_LINK,
            about: self.viewer.person.to_string(),
            organisation: &self.viewer.organisation.id,
            to: &self.viewer.email,
            language: self.viewer.language.unwrap_or_default(),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
