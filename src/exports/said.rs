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
    /// The file was there, and is deleted.
    Gone,
}
