//! The rows behind the end of a relationship with a customer, and behind its coming back. Who asks, what stands in the way
//! and what is recorded is decided above, in `endings`.

use diesel::prelude::*;

use super::soon;
use crate::customers::facts::lasting;
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;

/// Notes that the relationship has ended. Answers `false` when it had before.
///
/// # Errors
/// Database errors.
pub fn mark_ended(conn: &mut Connection, customer: &CustomerId, by: &str, now: Moment) -> Result<bool> {
    let lasting = customers::table.filter(customers::id.eq(customer)).filter(customers::ended_at.is_null());
    let set = (
        customers::ended_at.eq(now),
        customers::ended_by_name.eq(by),
        customers::version.eq(customers::version + 1),
    );
    Ok(diesel::update(lasting).set(set).execute(conn)? == 1)
}

/// Notes that the relationship that ended goes on; without delegated administration until the customer agrees to it
/// again. Answers `false` when it does already.
///
/// # Errors
/// Database errors.
pub fn mark_lasting(conn: &mut Connection, customer: &CustomerId, now: Moment) -> Result<bool> {
    let ended = customers::table.filter(customers::id.eq(customer)).filter(customers::ended_at.is_not_null());
    let set = (
        customers::ended_at.eq(None::<Moment>),
        customers::ended_by_name.eq(""),
        customers::is_delegated.eq(false),
        customers::version.eq(customers::version + 1),
    );
    let is_lasting = diesel::update(ended).set(set).execute(conn)? == 1;
    soon::keep(conn, customer, now.day())?;
    Ok(is_lasting)
}

/// Notes that the customer agreed that its provider administers it, unless it took that away by itself. Answers `false`
/// when it did, or the provider does already.
///
/// # Errors
/// Database errors.
pub fn mark_delegated(conn: &mut Connection, customer: &CustomerId) -> Result<bool> {
    let waiting = customers::table
        .filter(customers::id.eq(customer))
        .filter(customers::is_delegated.eq(false))
        .filter(customers::undelegated_at.is_null());
    Ok(diesel::update(waiting).set(customers::is_delegated.eq(true)).execute(conn)? == 1)
}

/// The delegations that last: of a customer, each with its reseller, the first one first.
///
/// # Errors
/// Database errors.
pub fn delegations_of(
    conn: &mut Connection,
    customer: &CustomerId,
) -> Result<Vec<(DelegationId, OrganisationId)>> {
    Ok(lasting()
        .filter(delegations::customer_id.eq(customer))
        .order((delegations::since, delegations::id))
        .select((delegations::id, delegations::reseller_id))
        .load(conn)?)
}

/// Has a delegation go on that ended with the relationship, as if it had never ended. Answers `false` when the reseller
/// administers the customer already.
///
/// # Errors
/// Database errors.
pub fn resume_delegation(
    conn: &mut Connection,
    (customer, reseller): (&CustomerId, &OrganisationId),
    id: &DelegationId,
) -> Result<bool> {
    let there = lasting()
        .filter(delegations::customer_id.eq(customer))
        .filter(delegations::reseller_id.eq(reseller))
        .count()
        .get_result::<i64>(conn)?;
    if there > 0 {
        return Ok(false);
    }
    let ended = delegations::table.filter(delegations::id.eq(id)).filter(delegations::ended_at.is_not_null());
    let lasts = (delegations::ended_at.eq(None::<Moment>), delegations::ended_by_name.eq(""));
    Ok(diesel::update(ended).set(lasts).execute(conn)? == 1)
}
