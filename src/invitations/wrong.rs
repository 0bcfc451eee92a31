//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/invitations/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "invitations/wrong.txt")]
pub enum Wrong {
    /// A mailed code whose time or tries are over.
    CodeDead,
    /// Whoever reads this mailbox speaks for no company of that domain, which may be there or not.
    NobodysCompany,
}

impl Worded for Wrong {}
