//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "azure/said.txt")]
pub enum Said {
    Applied,
    AppliedBefore,
    NothingTicked,
}
