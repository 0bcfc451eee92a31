//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/relationships/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "relationships/wrong.txt")]
pub enum Wrong {
    /// A day on which something begins later, and which is not later.
    NotLater,
    /// A last day that comes before it begins, or is over.
    EndsTooEarly,
    /// A day that far from now is a slip of the finger.
    TooFar,
    NothingTicked,
    /// Who is to help is the new reseller, and there is none.
    NobodyToHelp,
    /// The person may prolong delegations and not end them.
    EndsEarlier,
}

impl Worded for Wrong {}
