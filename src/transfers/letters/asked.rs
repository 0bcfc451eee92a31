//! Asks the customer to consent, by a personal link.

use askama::Template;

use crate::access::Viewer;
use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::paths;
use crate::transfers::facts;
use crate::transfers::model::Transfer;
use crate::values::token::Token;
use crate::web::Site;

/// About a transfer.
pub const KIND: Kind = Kind { key: "transfer_asked", hand: Hand::Person, still_holds: facts::asks_customer };

#[derive(Template)]
#[template(path = "transfers/letters/asked.letter")]
pub struct Asked<'a> {
    pub transfer: &'a Transfer,
    pub sender: &'a Viewer,
    pub token: &'a Token,
    pub language: Language,
    pub site: &'a Site,
}

impl Asked<'_> {
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::transfers::link(self.token.reveal()))
    }

    fn until(&self) -> String {
        self.language.long_date(self.transfer.open_until)
    }
}

impl Written for Asked<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.transfer.id.to_string(),
            organisation: &self.sender.organisation.id,
            to: &self.transfer.contact.1,
            language: self.language,
            reply_to: Some(&self.sender.email),
            installation: &self.site.name,
        }
    }
}
