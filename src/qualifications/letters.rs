//! The letter of this area: to whoever asked, when it is decided. Those who decide are told by `notifications`.

pub mod decided;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&decided::KIND];
