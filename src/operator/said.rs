//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "operator/said.txt")]
pub enum Said {
    Suspended,
    /// The suspension is lifted.
    Resumed,
    AgreementPublished,
    LetterQueued,
    LetterNotQueued,
    NothingChanged,
}
