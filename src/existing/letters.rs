//! The letter of this area: to whoever applied a long file.

pub mod done;

use crate::mail::kind::Kind;

/// Every kind of them.
pub const LETTERS: &[&Kind] = &[&done::KIND];
