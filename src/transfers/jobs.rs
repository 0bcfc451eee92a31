//! What the portal does by itself about transfers.

use super::store::expiring::expire_some;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("expire_transfers", |run| run.in_letter_steps(expire_some))];
