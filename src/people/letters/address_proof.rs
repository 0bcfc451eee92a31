//! Brings a link that proves the address of one's account.

use askama::Template;

use super::to_oneself;
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
        to_oneself(self.viewer, &ADDRESS_LINK, self.site)
    }
}
