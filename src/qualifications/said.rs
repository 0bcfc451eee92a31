//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "qualifications/said.txt")]
pub enum Said<'a> {
    /// Education is in review from now on.
    Asked,
    /// The customer is in the Government Community Cloud now.
    Joined,
    /// The customer counts as None again.
    Ended,
    Withdrawn,
    Approved {
        customer: &'a str,
    },
    Denied {
        customer: &'a str,
    },
    Issued {
        code: &'a str,
    },
    Closed {
        code: &'a str,
    },
    NothingChanged,
}
