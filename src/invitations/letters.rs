//! The letters of this area: the request with its link, a reminder of it, codes, and the answer.

pub mod answer;
pub mod code;
pub mod reminder;
pub mod request;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&request::KIND, &reminder::KIND, &code::KIND, &answer::KIND];
