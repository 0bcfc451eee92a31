//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "users/said.txt")]
pub enum Said<'a> {
    AddedBefore {
        user_name: &'a str,
    },
    Changed {
        user_name: &'a str,
    },
    NothingChanged,
    Deleted {
        user_name: &'a str,
    },
    Restored {
        user_name: &'a str,
    },
    /// Restored, but for these licenses.
    RestoredWithout {
        user_name: &'a str,
        lost: &'a [String],
    },
    LicensesChanged {
        user_name: &'a str,
    },
    NobodyTicked,
    TooManyTicked {
        most: usize,
    },
    /// Passwords in hand are gone.
    HandedOver,
    LinksSent {
        count: usize,
    },
}
