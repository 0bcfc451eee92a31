//! Brings users their user names, and links under which passwords are chosen: to an address that somebody reads already.

use askama::Template;

use crate::access::Viewer;
use crate::customers::model::Customer;
use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::paths;
use crate::people::facts::links::has_password_link;
use crate::values::email::Email;
use crate::values::id::PersonId;
use crate::web::Site;

/// About the person whose link stands first.
pub const KIND: Kind = Kind { key: "sign_in_links", hand: Hand::Portal, still_holds: has_password_link };

/// A user, and the link that is the user's own.
pub struct SignInLink<'a> {
    pub person: PersonId,
    pub name: &'a str,
    pub user_name: &'a str,
    pub link: String,
}

#[derive(Template)]
#[template(path = "users/letters/sign_in_links.letter")]
pub struct SignInLinks<'a> {
    pub by: &'a Viewer,
    pub customer: &'a Customer,
    pub to: &'a Email,
    pub links: &'a [SignInLink<'a>],
    pub until: &'a str,
    pub site: &'a Site,
}

impl SignInLinks<'_> {
    fn company(&self) -> &str {
        &self.customer.account.company_name
    }

    fn first(&self) -> &str {
        self.links.first().map_or("", |link| link.name)
    }

    fn sign_in(&self) -> String {
        format!("{}{}", self.site.base_url, paths::session::sign_in())
    }
}

/// In which language the people of a customer are written to.
pub fn language_of(customer: &Customer, by: &Viewer) -> Language {
    customer.account.letter_language().or(by.language).unwrap_or_default()
}

impl Written for SignInLinks<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.links.first().map(|link| link.person.to_string()).unwrap_or_default(),
            organisation: &self.by.organisation.id,
            to: self.to,
            language: language_of(self.customer, self.by),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
