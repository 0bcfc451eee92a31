//! What this area says when something is done.

use crate::language::filters;
use askama::Template;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "notifications/said.txt")]
pub enum Said {
    Switched,
    NothingChanged,
}
