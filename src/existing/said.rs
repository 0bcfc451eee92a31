//! What this area says when something is done, beside what is said of all files.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "existing/said.txt")]
pub enum Said {
    Chosen,
    ChosenForAll,
    NothingToChoose,
    AskingBegun,
}
