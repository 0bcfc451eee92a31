//! Letters about an account.

pub mod account_news;

use crate::mail::compose::Envelope;
use crate::mail::kind::{Hand, Kind};
pub use crate::people::facts::Addressee;
use crate::people::facts::links::{has_address_link, has_password_link};
use crate::web::Site;

/// Every kind of this area, each about a person.
pub const LETTERS: &[&Kind] = &[&account_news::KIND, &PASSWORD_LINK, &FORGOTTEN_PASSWORD, &ADDRESS_LINK];

// The letters with links are written in `people`. Their kinds stand here, where the links end with the password.

/// With a link to a password, from an admin.
pub const PASSWORD_LINK: Kind =
    Kind { key: "password_link", hand: Hand::Portal, still_holds: has_password_link };
/// With a link to a password, for whoever forgot theirs. Anybody can cause it, so it is not mixed up with those that
/// admins send.
pub const FORGOTTEN_PASSWORD: Kind =
    Kind { key: "forgotten_password", hand: Hand::Portal, still_holds: has_password_link };
/// With a link to prove an address.
pub const ADDRESS_LINK: Kind =
    Kind { key: "address_link", hand: Hand::Portal, still_holds: has_address_link };

impl Addressee {
    /// What stands around a letter about the addressee's own account.
    pub fn envelope<'a>(&'a self, kind: &'static Kind, site: &'a Site) -> Envelope<'a> {
        Envelope {
            kind,
            about: self.person.to_string(),
            organisation: &self.organisation,
            to: &self.email,
            language: self.language.unwrap_or_default(),
            reply_to: None,
            installation: &site.name,
        }
    }
}
