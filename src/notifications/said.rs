//! What this area says when something is done.

use askama::Template;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "notifications/said.txt")]
pub enum Said {
    Switched,
    NothingChanged,
}
