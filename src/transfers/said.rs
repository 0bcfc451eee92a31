//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "transfers/said.txt")]
pub enum Said<'a> {
    Started {
        partner: &'a str,
    },
    /// The same page was sent before.
    Before,
    /// The customer is asked again, at this address.
    Reminded {
        to: &'a str,
    },
    RemindedBefore,
    Withdrawn,
    /// The customer has consented.
    Consented {
        partner: &'a str,
    },
    /// Somebody refused.
    Refused,
    /// The provider lets it go to the new reseller.
    Approved {
        partner: &'a str,
    },
    Accepted {
        moved: usize,
        failed: usize,
    },
    /// The hand-over to a partner elsewhere.
    Recorded {
        moved: usize,
        failed: usize,
    },
    /// Nothing could be moved any more.
    Failed,
    /// Somebody else was faster.
    Over,
}
