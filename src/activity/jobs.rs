//! What the portal does by itself for the logs.

use crate::activity::security::store::forget_old;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::daily("forget_security_events", |run| run.in_steps(forget_old))];
