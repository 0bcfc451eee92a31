//! The letters of this area.

pub mod ahead;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&ahead::KIND];
