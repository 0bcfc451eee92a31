//! What the portal does by itself for subscriptions.

use super::store::calendar::pass_some;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("pass_terms", |run| run.in_steps(pass_some))];
