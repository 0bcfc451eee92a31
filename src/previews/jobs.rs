//! What the portal does by itself for these files.

use super::store::forget_expired;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("forget_catalogue_files", |run| run.in_steps(forget_expired))];
