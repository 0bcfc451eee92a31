//! The letters of this area: those that somebody edits when it is decided who looks after a customer, reminders of ends,
//! and why a plan could not be carried out.

pub mod arranged;
pub mod draft;
pub mod plan_failed;
pub mod reminder;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&arranged::KIND, &plan_failed::KIND, &reminder::KIND];
