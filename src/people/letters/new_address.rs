//! Brings a link by which the reader's address takes the place of the account's.

use askama::Template;

use super::to_oneself;
use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::session::letters::ADDRESS_LINK;
use crate::values::email::Email;
use crate::web::Site;

#[derive(Template)]
#[template(path = "people/letters/new_address.letter")]
pub struct NewAddress<'a> {
    pub viewer: &'a Viewer,
    /// The new address.
    pub to: &'a Email,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for NewAddress<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope { to: self.to, ..to_oneself(self.viewer, &ADDRESS_LINK, self.site) }
    }
}
