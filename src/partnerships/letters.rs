//! The letters of this area: the request with its link, the answer to it, codes, and reminders.

pub mod answer;
pub mod code;
pub mod reminder;
pub mod request;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&request::KIND, &answer::KIND, &code::KIND, &reminder::KIND];
