//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/handovers/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "handovers/wrong.txt")]
pub enum Wrong {
    /// Somebody is to take the place of oneself.
    Same,
    /// What the former reseller has is to change, and there is none.
    NoFormer,
    /// What is to go to a new reseller, and there is none.
    NoReseller,
}

impl Worded for Wrong {}
