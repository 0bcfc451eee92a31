//! Letters with which people get to their account.

pub mod address_objection;
pub mod address_proof;
pub mod new_address;
pub mod password_link;

use crate::access::Viewer;
use crate::mail::compose::Envelope;
use crate::mail::kind::Kind;
use crate::web::Site;

/// Every kind of this area. Those of links that end with the password stand in [`crate::session::letters`].
pub const LETTERS: &[&Kind] = &[&address_objection::KIND];

/// What stands around a letter that somebody causes about the own account. It goes where the person has proved, or is
/// to prove, to read.
fn to_oneself<'a>(viewer: &'a Viewer, kind: &'static Kind, site: &'a Site) -> Envelope<'a> {
    Envelope {
        kind,
        about: viewer.person.to_string(),
        organisation: &viewer.organisation.id,
        to: &viewer.email,
        language: viewer.language.unwrap_or_default(),
        reply_to: None,
        installation: &site.name,
    }
}
