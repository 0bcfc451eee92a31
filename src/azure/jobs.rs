//! What the portal does by itself for what is billed by usage.

use super::store::accounts::begin_month;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("begin_azure_month", |run| run.in_steps(begin_month))];
