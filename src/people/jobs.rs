//! What the portal does by itself for accounts, at its times.

use super::store::{address, passwords, purge};
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[
    Kind::hourly("purge_people", |run| run.in_steps(purge::purge_next)),
    Kind::hourly("forget_address_links", |run| run.in_steps(address::forget_old)),
    Kind::hourly("forget_password_links", |run| run.in_steps(passwords::forget_old)),
];
