//! What only this area finds wrong.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/subscriptions/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "subscriptions/wrong.txt")]
pub enum Wrong {
    /// Users have more licenses than would be left.
    BelowAssigned {
        assigned: i64,
        /// So many users would have to lose theirs.
        excess: i64,
    },
}

impl Worded for Wrong {}
