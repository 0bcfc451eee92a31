//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/endings/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "endings/wrong.txt")]
pub enum Wrong {
    /// A day that has begun.
    NotAhead,
    /// A day that is more than a year away.
    TooFar,
    /// Of a delegation that does not come back.
    PastLastDay,
    /// Whether the customer agreed to delegated administration again.
    NoAnswer,
}

impl Worded for Wrong {}
