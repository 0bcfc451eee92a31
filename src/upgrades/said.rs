//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "upgrades/said.txt")]
pub enum Said {
    /// The same was sent twice, or a colleague was faster.
    Already,
}
