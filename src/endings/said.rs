//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "endings/said.txt")]
pub enum Said<'a> {
    Ended { customer: &'a str },
    EndedBefore { customer: &'a str },
    Planned,
    PlanDropped,
    PlanGone,
    Suspended { count: usize },
    DraftsDropped { count: usize },
    Reinstated { customer: &'a str },
    Lasts { customer: &'a str },
    ConsentRecorded,
    NoConsentAwaited,
    GivenBackBefore,
    GivenBack { customer: &'a str, provider: &'a str },
}
