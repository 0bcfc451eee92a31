//! The letters of this area: the request with the personal link, and the answer to whoever asked.

pub mod answer;
pub mod request;

use crate::mail::kind::Kind;

/// Every kind of this area. That of the request stands in [`crate::agreements::letters`].
pub const LETTERS: &[&Kind] = &[&answer::KIND];
