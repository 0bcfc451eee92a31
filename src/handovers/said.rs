//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "handovers/said.txt")]
pub enum Said<'a> {
    Begun,
    /// The same page was sent before.
    Before,
    Stopped,
    /// It had come to its end by then.
    Over,
    NothingSelected,
    /// What is left cannot go to the same partner again.
    CannotMove,
    /// The partnership; what the reseller has stays.
    Removed {
        reseller: &'a str,
    },
    /// The partnership, and what the reseller has goes over.
    RemovedAndBegun {
        reseller: &'a str,
    },
    RemovedAlready {
        reseller: &'a str,
    },
}
