//! What the portal does by itself about who looks after customers.

use super::store::{expiring, planned, reminding};
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[
    Kind::hourly("carry_out_delegation_plans", |run| run.in_letter_steps(planned::carry_out_next)),
    Kind::hourly("end_delegations", |run| run.in_steps(expiring::end_some)),
    Kind::hourly("remind_of_delegations", |run| run.in_letter_steps(reminding::remind_next)),
];
