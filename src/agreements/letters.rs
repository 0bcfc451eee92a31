//! The kind of the letters that ask for the customer agreement. They are written in `consents`; it stands here, where
//! requests are answered, renewed and revoked.

use super::store::requests::is_open;
use crate::mail::kind::{Hand, Kind};

/// Every kind of this area.
pub const LETTERS: &[&Kind] = &[&REQUEST];

/// About a request, whose page shows how the letter fares.
pub const REQUEST: Kind = Kind { key: "agreement_request", hand: Hand::Person, still_holds: is_open };
