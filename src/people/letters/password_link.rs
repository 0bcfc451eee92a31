//! Brings a link under which a member chooses a password.

use askama::Template;

use crate::access::Viewer;
use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::people::store::passwords::Purpose;
use crate::session::letters::Addressee;
use crate::web::Site;

#[derive(Template)]
#[template(path = "people/letters/password_link.letter")]
pub struct PasswordLink<'a> {
    /// Whoever manages people, unless the person asked for it.
    pub by: Option<&'a Viewer>,
    pub to: &'a Addressee,
    pub purpose: Purpose,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl PasswordLink<'_> {
    /// Whoever has not been here reads, as far as anybody knows, what whoever invites them reads.
    fn language(&self) -> Language {
        language_of(self.to, self.by)
    }
}

/// In which language somebody is written to.
pub fn language_of(to: &Addressee, by: Option<&Viewer>) -> Language {
    to.language.or(by.and_then(|by| by.language)).unwrap_or_default()
}

impl Written for PasswordLink<'_> {
    fn envelope(&self) -> Envelope<'_> {
        let envelope = self.to.envelope(self.purpose.letter(), self.site);
        Envelope { language: self.language(), reply_to: self.by.map(|by| &by.email), ..envelope }
    }
}
