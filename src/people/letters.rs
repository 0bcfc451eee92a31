//! Letters with which people get to their account.

pub mod address_objection;
pub mod address_proof;
pub mod new_address;
pub mod password_link;

use crate::mail::kind::Kind;

/// Every kind of this area. Those of links that end with the password stand in [`crate::session::letters`].
pub const LETTERS: &[&Kind] = &[&address_objection::KIND];
