//! Letters about organisations.

pub mod namesake;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&namesake::KIND];
