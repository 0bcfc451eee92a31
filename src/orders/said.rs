//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "orders/said.txt")]
pub enum Said<'a> {
    /// The draft, a price or a partnership, after its review was drawn.
    DraftChanged,
    DraftSaved,
    DraftCancelled,
    DraftSubmittedBefore,
    /// By somebody who does not see customers.
    CustomerAdded {
        name: &'a str,
    },
    OrderCancelled {
        number: &'a str,
        ended: usize,
    },
    NothingChanged,
}
