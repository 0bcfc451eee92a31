//! Which resellers a change of a subscription concerns, so that it stands in their logs too.

use diesel::prelude::*;

use super::super::model::Subscription;
use crate::db::Connection;
use crate::db::schema::delegations;
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};

/// Those that administer the customer, and the one that the subscription names, if it is another one.
pub(super) fn resellers(conn: &mut Connection, subscription: &Subscription) -> Result<Vec<OrganisationId>> {
    let mut resellers = administering(conn, &subscription.customer)?;
    let named = subscription.incentives.as_ref().map(|(_, reseller)| reseller.clone());
    resellers.extend(named.filter(|named| !resellers.contains(named)));
    Ok(resellers)
}

/// Those that administer a customer: what happens to its orders concerns them.
///
/// # Errors
/// Database errors.
pub fn administering(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<OrganisationId>> {
    Ok(delegations::table
        .filter(delegations::customer_id.eq(customer))
        .filter(delegations::ended_at.is_null())
        .order((delegations::since, delegations::id))
        .select(delegations::reseller_id)
        .load(conn)?)
}
