//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "promotions/said.txt")]
pub enum Said<'a> {
    Added { name: &'a str },
    Changed { name: &'a str },
    Ended { name: &'a str },
    NothingChanged,
}
