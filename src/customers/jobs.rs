//! What the portal does by itself for customers.

use super::store::selection::forget_old;
use super::store::soon::keep_some;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[
    Kind::hourly("keep_what_ends_soon", |run| run.in_steps(keep_some)),
    Kind::hourly("forget_selections", |run| run.in_steps(forget_old)),
];
