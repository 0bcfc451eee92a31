//! Tells how a transfer ended, with what came of each subscription.

use askama::Template;

use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::paths;
use crate::transfers::model::{Outcome, State, Transfer};
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// About a transfer.
pub const KIND: Kind = Kind { key: "transfer_settled", hand: Hand::Portal, still_holds: always };

/// Who reads it.
#[derive(Clone, Copy)]
pub enum Reader<'a> {
    /// One of the partners, which opens the file.
    Partner(&'a OrganisationId),
    /// The customer's contact, who needs no account.
    Customer,
}

#[derive(Template)]
#[template(path = "transfers/letters/settled.letter")]
pub struct Settled<'a> {
    pub transfer: &'a Transfer,
    pub reader: Reader<'a>,
    pub to: &'a Email,
    pub name: &'a str,
    pub language: Language,
    pub site: &'a Site,
}

impl Settled<'_> {
    /// Where a partner sees it.
    fn link(&self) -> Option<String> {
        let Reader::Partner(_) = self.reader else { return None };
        Some(format!("{}{}", self.site.base_url, paths::transfers::show(&self.transfer.id)))
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.transfer.count(outcome)
    }
}

impl Written for Settled<'_> {
    fn envelope(&self) -> Envelope<'_> {
        let organisation = match self.reader {
            Reader::Partner(organisation) => organisation,
            Reader::Customer => &self.transfer.provider,
        };
        Envelope {
            kind: &KIND,
            about: self.transfer.id.to_string(),
            organisation,
            to: self.to,
            language: self.language,
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
