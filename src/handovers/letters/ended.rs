//! Tells whoever began a handover in numbers what came of it.

use askama::Template;

use crate::handovers::model::Handover;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::paths;
use crate::people::facts::RoleHolder;
use crate::web::Site;

/// About a handover.
pub const KIND: Kind = Kind { key: "handover_ended", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "handovers/letters/ended.letter")]
pub struct Ended<'a> {
    pub handover: &'a Handover,
    pub to: &'a RoleHolder,
    pub site: &'a Site,
}

impl Ended<'_> {
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::handovers::show(&self.handover.id))
    }

    fn is_planned(&self) -> bool {
        self.handover.begins_on.is_some()
    }
}

impl Written for Ended<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.handover.id.to_string(),
            organisation: &self.handover.provider,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
