//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "enrolment/said.txt")]
pub enum Said<'a> {
    Saved,
    /// In another tab, after its review was drawn.
    Changed,
    Approved {
        company: &'a str,
    },
    Refused {
        company: &'a str,
    },
    /// Decided, or changed and handed in again, while somebody was looking at it.
    DecidedAlready,
    LetterQueued,
    LetterNotQueued,
}
