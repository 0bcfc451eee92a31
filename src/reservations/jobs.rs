//! What the portal does by itself for reservations.

use super::store::expiring::expire_some;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("expire_reservations", |run| run.in_steps(expire_some))];
