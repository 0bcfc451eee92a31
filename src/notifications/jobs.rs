//! What the portal does by itself with what was told.

use super::store::purge::forget_old;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::daily("forget_notifications", |run| run.in_steps(forget_old))];
