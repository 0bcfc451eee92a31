//! What this area says when something is done.

use askama::Template;

use super::model::State;
use super::store::applying::Begun;
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

impl Said {
    /// What came of applying a file; `is_over` says whether all rows had their turn meanwhile.
    pub fn of_applying(begun: Begun, is_over: bool) -> Self {
        match begun {
            Begun::Now { .. } if is_over => Self::Applied,
            Begun::Now { .. } => Self::Begun,
            Begun::Before => Self::Before,
            Begun::NotYet => Self::NotYet,
            Begun::Discarded => Self::Discarded,
        }
    }

    /// What came of stopping what the page showed in this state.
    pub fn of_stopping(is_stopped: bool, shown: Option<State>) -> Self {
        match (is_stopped, shown) {
            (false, _) => Self::Over,
            (true, Some(State::Reading)) => Self::LetGo,
            (true, _) => Self::Stopped,
        }
    }

    /// What came of taking a file back, or only what nothing was built on.
    pub fn of_taking_back(is_begun: bool, only_rest: bool) -> Self {
        match (is_begun, only_rest) {
            (false, _) => Self::NothingToReturn,
            (true, true) => Self::ReturnBegun,
            (true, false) => Self::CheckBegun,
        }
    }
}
