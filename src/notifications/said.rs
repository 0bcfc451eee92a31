//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "notifications/said.txt")]
pub enum Said {
    Switched,
    NothingChanged,
}
