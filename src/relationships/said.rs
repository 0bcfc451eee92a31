//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "relationships/said.txt")]
pub enum Said<'a> {
    Associated {
        reseller: &'a str,
    },
    Replaced {
        reseller: &'a str,
        former: &'a str,
    },
    Ended {
        former: &'a str,
    },
    Planned,
    /// The same page was sent before.
    Before,
    PlanDropped,
    PlanDroppedTooLate,
    Prolonged {
        reseller: &'a str,
    },
    ProlongedMany {
        prolonged: usize,
    },
    /// Some had another last day by then, or had ended.
    ProlongedSome {
        prolonged: usize,
        stale: usize,
        /// They would have ended earlier, which the person may not do.
        earlier: usize,
    },
    NothingChanged,
}
