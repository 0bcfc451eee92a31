//! The letters of this area: to the customer, to the partner whose turn it is, and to all how it ended.

pub mod asked;
pub mod settled;
pub mod waits;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&asked::KIND, &waits::KIND, &settled::KIND];
