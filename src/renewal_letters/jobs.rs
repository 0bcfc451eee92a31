//! What the portal does by itself ahead of renewals.

use super::store::writing::write_next;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("write_renewal_letters", |run| run.in_letter_steps(write_next))];
