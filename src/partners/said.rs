//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "partners/said.txt")]
pub enum Said {
    ProfileChanged,
    AgreementAccepted,
    LocationAdded,
    LocationChanged,
    NothingChanged,
}
