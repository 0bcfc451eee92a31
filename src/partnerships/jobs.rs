//! What the portal does by itself for partnerships.

use super::store::code::forget_old;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("forget_addressee_codes", |run| run.in_steps(forget_old))];
