//! Tells whoever applied a long file what came of it. The link leads to a page that asks who they are.

use askama::Template;

use crate::access::Viewer;
use crate::batches::letters::envelope;
use crate::batches::model::Batch;
use crate::customers::model::Customer;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::paths;
use crate::web::Site;

/// About a file.
pub const KIND: Kind = Kind { key: "upload_done", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "batches/letters/done.letter")]
pub struct Done<'a> {
    pub batch: &'a Batch,
    pub by: &'a Viewer,
    pub customer: &'a Customer,
    pub site: &'a Site,
}

impl Done<'_> {
    fn link(&self) -> String {
        format!("{}{}", self.site.base_url, paths::batches::show(&self.batch.id))
    }

    fn company(&self) -> &str {
        &self.customer.account.company_name
    }
}

impl Written for Done<'_> {
    fn envelope(&self) -> Envelope<'_> {
        envelope(&KIND, self.batch, (self.by, self.site))
    }
}
