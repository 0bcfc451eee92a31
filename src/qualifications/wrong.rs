//! What only this area finds wrong: with validation codes.

use askama::Template;

use super::model::BadCode;
use crate::language::filters;
use crate::values::problem::{Problem, Worded};

/// `templates/qualifications/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "qualifications/wrong.txt")]
enum Wrong {
    Unknown,
    Closed,
    UsedUp { maximum: i32 },
}

impl Worded for Wrong {}

impl BadCode {
    /// What stands at the field of the code.
    pub fn problem(self) -> Problem {
        match self {
            Self::Unknown => Wrong::Unknown,
            Self::Closed => Wrong::Closed,
            Self::UsedUp { maximum } => Wrong::UsedUp { maximum },
        }
        .into()
    }
}
