//! Tells whoever asked for a file that nothing comes of it, and why. Without it they would wait for good.

use askama::Template;

use crate::access::Viewer;
use crate::exports::model::{Export, State};
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::paths;
use crate::web::Site;

/// About a file of a list.
pub const KIND: Kind = Kind { key: "export_unmade", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "exports/letters/unmade.letter")]
pub struct Unmade<'a> {
    pub export: &'a Export,
    pub by: &'a Viewer,
    pub site: &'a Site,
}

impl Unmade<'_> {
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::exports::show(&self.export.id))
    }
}

impl Written for Unmade<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.export.id.to_string(),
            organisation: &self.export.organisation,
            to: &self.by.mailbox,
            language: self.export.read_in(self.by.language),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
