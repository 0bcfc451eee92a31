//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "renewal_letters/said.txt")]
pub enum Said {
    Chosen { days: u64 },
    ChosenNone,
    NothingChanged,
}
