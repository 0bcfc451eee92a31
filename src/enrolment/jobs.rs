//! What the portal does by itself for enrolments.

use super::store::sweep::sweep;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::daily("sweep_enrolments", |run| run.in_steps(sweep))];
