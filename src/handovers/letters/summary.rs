//! Tells a reseller in numbers what was handed over to it, or from it, in the words of whoever decided it.

use askama::Template;

use crate::activity::Author;
use crate::handovers::model::Handover;
use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::paths;
use crate::relationships::model::{Draft, Side};
use crate::values::email::Email;
use crate::web::Site;

/// About a handover.
pub const KIND: Kind = Kind { key: "handover_summary", hand: Hand::Person, still_holds: always };

#[derive(Template)]
#[template(path = "handovers/letters/summary.letter")]
pub struct Summary<'a> {
    pub by: &'a Author,
    pub handover: &'a Handover,
    pub draft: &'a Draft,
    pub to: &'a Email,
    /// Whoever decided it, as long as they can be asked.
    pub reply_to: Option<&'a Email>,
    pub site: &'a Site,
}

impl Summary<'_> {
    /// What the drafts to resellers lead to.
    fn link(&self) -> String {
        link(self.site)
    }

    fn is_new(&self) -> bool {
        self.draft.side == Side::Reseller
    }

    fn count(&self) -> usize {
        usize::try_from(self.handover.tally.done).unwrap_or_default()
    }

    fn day(&self) -> Option<String> {
        let language = Language::of_tag(&self.draft.language).unwrap_or_default();
        self.handover.begins_on.map(|day| language.long_date(day))
    }
}

/// The list of customers, which has those that were handed over.
pub fn link(site: &Site) -> String {
    format!("{}{}", site.base_url, paths::customers::list())
}

impl Written for Summary<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.handover.id.to_string(),
            organisation: &self.by.organisation,
            to: self.to,
            language: Language::of_tag(&self.draft.language).unwrap_or_default(),
            reply_to: self.reply_to,
            installation: &self.site.name,
        }
    }
}
