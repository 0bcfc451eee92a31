//! Letters of what others did.

pub mod digest;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&digest::KIND];
