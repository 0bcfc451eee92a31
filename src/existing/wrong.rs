//! What only this area finds wrong with what a file says.

use askama::Template;

use super::model::{Reason, Unnamed};
use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/existing/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "existing/wrong.txt")]
pub enum Wrong {
    /// A domain that does not end as those of this portal do.
    OtherDomain {
        suffix: String,
    },
    /// Whoever sent the file may not say that a customer has accepted.
    MayNotAttest,
    NoBilling,
    /// A country where the provider does not sell.
    OtherRegion,
    /// A renewal that has been, or is further away than any term.
    NotAhead {
        latest: String,
    },
    /// A row of a file.
    Row(Reason),
}

impl Worded for Wrong {}

impl Wrong {
    fn unnamed(key: &str) -> Unnamed {
        Unnamed::from_text(key).unwrap_or(Unnamed::Lacking)
    }
}
