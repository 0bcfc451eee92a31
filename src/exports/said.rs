//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "exports/said.txt")]
pub enum Said {
    Begun,
    /// The same page was sent before.
    Before,
    TooMany,
    /// Enough files are kept.
    Full,
    /// What was ticked is not any more.
    NothingSelected,
    Stopped,
    /// It had come to its end by then.
    Over,
    /// The file was there, and is deleted.
    Gone,
}
