//! Tells a partner that a transfer waits for its answer.

use askama::Template;

use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::paths;
use crate::people::facts::RoleHolder;
use crate::transfers::facts;
use crate::transfers::model::{Kind as Between, Side, Transfer};
use crate::values::id::OrganisationId;
use crate::web::Site;

/// About a transfer.
pub const KIND: Kind =
    Kind { key: "transfer_waits", hand: Hand::Portal, still_holds: facts::waits_for_partner };

#[derive(Template)]
#[template(path = "transfers/letters/waits.letter")]
pub struct Waits<'a> {
    pub transfer: &'a Transfer,
    /// Whose turn it is.
    pub organisation: &'a OrganisationId,
    pub side: Side,
    pub to: &'a RoleHolder,
    pub site: &'a Site,
}

impl Waits<'_> {
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::transfers::show(&self.transfer.id))
    }

    fn language(&self) -> Language {
        self.to.language.unwrap_or_default()
    }

    fn until(&self) -> String {
        self.language().long_date(self.transfer.open_until)
    }

    /// Whether the customer has consented, and a partner elsewhere is to have it.
    fn is_outside(&self) -> bool {
        self.transfer.kind == Between::Outside
    }
}

impl Written for Waits<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.transfer.id.to_string(),
            organisation: self.organisation,
            to: &self.to.email,
            language: self.language(),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
