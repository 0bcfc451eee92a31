//! What an organisation had, and has no longer.

use diesel::prelude::*;

use crate::access::Reach;
use crate::db::Connection;
use crate::db::schema::delegations;
use crate::error::Result;
use crate::values::id::DelegationId;
use crate::values::moment::Moment;

/// Whether anything has gone out of somebody's reach since a moment. Only resellers lose what they have: a provider goes
/// on seeing a customer whose relationship has ended.
///
/// # Errors
/// Database errors.
pub fn has_lost_any(conn: &mut Connection, reach: &Reach, since: Moment) -> Result<bool> {
    let Reach::Reseller(reseller) = reach else { return Ok(false) };
    let lost: Option<DelegationId> = delegations::table
        .filter(delegations::reseller_id.eq(reseller))
        .filter(delegations::ended_at.ge(since))
        // One that gave no administration has ended as it began.
        .filter(delegations::since.lt(delegations::ended_at.assume_not_null()))
        .select(delegations::id)
        .first(conn)
        .optional()?;
    Ok(lost.is_some())
}
