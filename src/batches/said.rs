//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "batches/said.txt")]
pub enum Said {
    Begun,
    /// All rows had their turn.
    Applied,
    /// It is not there any more for anybody to apply.
    Discarded,
    /// It was stopped before all of it was read.
    LetGo,
    /// It was applied before.
    Before,
    NotYet,
    Stopped,
    /// It had come to its end by then.
    Over,
    /// Somebody handed passwords over after the page was shown.
    Overtaken,
    NotNow,
    MailingBegun,
    CheckBegun,
    ReturnBegun,
    NothingToReturn,
}
