//! What the portal does by itself for ends, at its times.

use super::due;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("carry_out_planned_ends", |run| run.in_steps(due::carry_out_next))];
