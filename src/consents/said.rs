//! What this area says when something is done.

use askama::Template;

use crate::language::filters;
use crate::values::email::Email;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "consents/said.txt")]
pub enum Said<'a> {
    Sent {
        to: &'a Email,
    },
    Kept,
    Listed {
        to: &'a Email,
    },
    Renewed,
    Revoked {
        to: &'a Email,
    },
    /// Answered, sent or revoked while somebody was looking at it.
    Closed,
    AcceptedAlready,
    /// Asked already; this is how it stands.
    OpenAlready,
    LetterQueued,
    LetterNotQueued,
}
