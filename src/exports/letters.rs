//! The letters of this area: to whoever asked for a file.

pub mod ready;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&ready::KIND];
