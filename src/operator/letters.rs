//! Letters of the operator's people.

pub mod suspension;
pub mod test_letter;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&suspension::KIND, &test_letter::KIND];
