//! What the portal does by itself for requests to companies.

use super::store::code::forget_old;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::hourly("forget_customer_request_codes", |run| run.in_steps(forget_old))];
