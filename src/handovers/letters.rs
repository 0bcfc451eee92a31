//! The letters of this area: to the resellers concerned, and to whoever began it.

pub mod draft;
pub mod ended;
pub mod summary;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&ended::KIND, &summary::KIND];
