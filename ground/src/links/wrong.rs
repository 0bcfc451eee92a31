//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/links/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "links/wrong.txt")]
pub enum Wrong {
    /// The letter has lost its personal link.
    LinkMissing,
}

impl Worded for Wrong {}
