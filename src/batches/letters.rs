//! The letter of this area: to whoever applied a long file of users. That of another kind goes in the same envelope.

pub mod done;

use super::model::Batch;
use crate::access::Viewer;
use crate::mail::compose::Envelope;
use crate::mail::kind::Kind;
use crate::web::Site;

/// Every kind of them.
pub const LETTERS: &[&Kind] = &[&done::KIND];

/// To whoever applied a file, about what came of it.
pub fn envelope<'a>(
    kind: &'static Kind,
    batch: &'a Batch,
    (by, site): (&'a Viewer, &'a Site),
) -> Envelope<'a> {
    Envelope {
        kind,
        about: batch.id.to_string(),
        organisation: &batch.organisation,
        to: &by.mailbox,
        language: by.language.unwrap_or_default(),
        reply_to: None,
        installation: &site.name,
    }
}
