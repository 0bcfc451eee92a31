//! The letters of this area: to whoever asked for a file.

pub mod ready;
pub mod unmade;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&ready::KIND, &unmade::KIND];
