//! Brings a user the user name, and a link under which a password is chosen: to an address that somebody reads already.

use askama::Template;

use crate::access::Viewer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::session::letters::PASSWORD_LINK;
use crate::values::email::Email;
use crate::values::id::PersonId;
use crate::web::Site;

#[derive(Template)]
#[template(path = "users/letters/sign_in_link.letter")]
pub struct SignInLink<'a> {
    pub by: &'a Viewer,
    pub person: PersonId,
    pub name: &'a str,
    pub user_name: &'a str,
    pub company: &'a str,
    pub to: &'a Email,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for SignInLink<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &PASSWORD_LINK,
            about: self.person.to_string(),
            organisation: &self.by.organisation.id,
            to: self.to,
            language: self.by.language.unwrap_or_default(),
            reply_to: Some(&self.by.email),
            installation: &self.site.name,
        }
    }
}
