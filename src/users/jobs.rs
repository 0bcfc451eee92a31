//! What the portal does by itself for users, at its times.

use super::store::{deletion, picks, sheets};
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[
    Kind::hourly("purge_customer_users", |run| run.in_steps(deletion::purge_next)),
    Kind::hourly("forget_credentials", |run| run.in_steps(sheets::forget_old)),
    Kind::hourly("forget_user_picks", |run| run.in_steps(picks::forget_old)),
];
