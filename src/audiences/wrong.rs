//! What only this area finds wrong.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/audiences/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "audiences/wrong.txt")]
pub enum Wrong {
    /// The rule is about some resellers, and none is ticked.
    NobodyListed,
}

impl Worded for Wrong {}
