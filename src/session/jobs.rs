//! What the portal does by itself for sign-ins.

use super::store::sweep::sweep;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("sweep_sign_ins", |run| run.in_steps(sweep))];
