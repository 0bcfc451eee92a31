//! Which resellers a change of a subscription concerns, so that it stands in their logs too.

use super::super::model::Subscription;
use crate::customers::facts::resellers_of;
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::OrganisationId;

/// Those that administer the customer, and the one that the subscription names, if it is another one.
pub(super) fn resellers(conn: &mut Connection, subscription: &Subscription) -> Result<Vec<OrganisationId>> {
    let mut resellers = resellers_of(conn, &subscription.customer)?;
    let named = subscription.incentives.as_ref().map(|(_, reseller)| *reseller);
    resellers.extend(named.filter(|named| !resellers.contains(named)));
    Ok(resellers)
}
