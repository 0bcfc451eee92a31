//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "audiences/said.txt")]
pub enum Said<'a> {
    Decided { name: &'a str },
    NothingChanged,
}
