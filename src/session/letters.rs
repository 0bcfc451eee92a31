//! Letters about an account.

pub mod account_news;

use chrono_tz::Tz;

use super::store::ends::{has_address_link, has_password_link};
use crate::access::Viewer;
use crate::language::Language;
use crate::mail::compose::Envelope;
use crate::mail::kind::{Hand, Kind};
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};
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

/// To whom such a letter goes.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: String,
    pub email: Email,
    pub zone: Tz,
    pub language: Option<Language>,
}

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

impl From<&Viewer> for Addressee {
    fn from(viewer: &Viewer) -> Self {
        Self {
            person: viewer.person.clone(),
            organisation: viewer.organisation.id.clone(),
            name: viewer.name.clone(),
            email: viewer.email.clone(),
            zone: viewer.zone,
            language: viewer.language,
        }
    }
}
