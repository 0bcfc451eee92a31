//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "reservations/said.txt")]
pub enum Said<'a> {
    Added {
        name: &'a str,
    },
    Changed {
        name: &'a str,
    },
    Unchanged,
    Withdrawn {
        name: &'a str,
    },
    BroughtBack {
        name: &'a str,
    },
    Bought,
    /// The same was sent twice.
    BoughtBefore,
    Allowed {
        customer: &'a str,
    },
    Forbidden {
        customer: &'a str,
    },
    NothingChanged,
}
