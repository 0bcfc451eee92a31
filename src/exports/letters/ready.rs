//! Tells whoever asked for a file that it is there. The link leads to a page that asks who they are.

use askama::Template;

use crate::access::Viewer;
use crate::exports::model::Export;
use crate::exports::store::taking::is_ready;
use crate::language::Language;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::paths;
use crate::values::moment::Moment;
use crate::web::Site;

/// About a file of a list.
pub const KIND: Kind = Kind { key: "export_ready", hand: Hand::Portal, still_holds: is_ready };

#[derive(Template)]
#[template(path = "exports/letters/ready.letter")]
pub struct Ready<'a> {
    pub export: &'a Export,
    pub by: &'a Viewer,
    pub until: Moment,
    pub site: &'a Site,
}

impl Ready<'_> {
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::exports::show(&self.export.id))
    }

    fn language(&self) -> Language {
        self.export.read_in(self.by.language)
    }

    fn until(&self) -> String {
        self.language().time(self.by.zone, self.until)
    }
}

impl Written for Ready<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.export.id.to_string(),
            organisation: &self.export.organisation,
            to: &self.by.mailbox,
            language: self.language(),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
