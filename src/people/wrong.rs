//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/people/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "people/wrong.txt")]
pub enum Wrong {
    /// An email address with which somebody signs in already.
    HasAccount,
}

impl Worded for Wrong {}
