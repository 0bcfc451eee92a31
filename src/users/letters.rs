//! The letters of this area.

pub mod admin_news;
pub mod sign_in_links;

use crate::mail::kind::Kind;

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&admin_news::KIND, &sign_in_links::KIND];
