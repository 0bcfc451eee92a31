//! The letters of this area: the one that tells a customer of the end.

pub mod ended;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&ended::KIND];
