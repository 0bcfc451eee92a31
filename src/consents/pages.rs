//! The pages of the area.

pub mod answer;
pub mod asking;
pub mod letters;
pub mod link;
pub mod request;
pub mod revocation;

use actix_session::Session;
use askama::Template;

use crate::error::Result;
use crate::values::email::Email;
use crate::web::{Shell, say};

/// What was done, in words of this area.
#[derive(Template)]
#[template(path = "consents/said.txt")]
struct SaidText<'a> {
    shell: &'a Shell,
    said: Said<'a>,
}

pub(crate) enum Said<'a> {
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

/// Says it on the next page.
///
/// # Errors
/// When the template cannot be rendered.
pub(crate) fn tell(shell: &Shell, session: &Session, said: Said<'_>) -> Result<()> {
    say(session, &SaidText { shell, said })
}
