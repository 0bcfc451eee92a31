//! What only this area finds wrong with what was typed: codes.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/session/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "session/wrong.txt")]
pub enum Wrong {
    /// Neither six digits nor a whole recovery code.
    CodeShape,
    /// A code that the authenticator app does not show at this time.
    CodeNotOfNow,
    /// A code of the authenticator app that was taken before.
    CodeUsed,
    /// No recovery code, or none that still works.
    RecoveryCodeDead,
}

impl Worded for Wrong {}
