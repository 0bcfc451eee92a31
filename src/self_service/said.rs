//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "self_service/said.txt")]
pub enum Said<'a> {
    Removed { partner: &'a str },
    RemovedAlready { partner: &'a str },
    Given { partner: &'a str },
    GivenAlready { partner: &'a str },
    Impossible { partner: &'a str },
    Accepted,
    AcceptedAlready,
    EndedBefore,
}
