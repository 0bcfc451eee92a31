//! Which resellers a change of a subscription concerns, so that it stands in their logs too.

use super::super::model::Subscription;
use crate::access::Viewer;
use crate::activity::{self, Entry};
use crate::customers::facts::resellers_of;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// Those that administer the customer, and the one that the subscription names, if it is another one.
pub(super) fn resellers(conn: &mut Connection, subscription: &Subscription) -> Result<Vec<OrganisationId>> {
    let mut resellers = resellers_of(conn, &subscription.customer)?;
    let named = subscription.incentives.as_ref().map(|(_, reseller)| *reseller);
    resellers.extend(named.filter(|named| !resellers.contains(named)));
    Ok(resellers)
}

/// A deed in the log of each of these resellers, whose people are told of it by letter.
pub(super) fn tell(
    conn: &mut Connection,
    by: &Viewer,
    subscription: &Subscription,
    (entry, event): (&Entry, &Event),
    now: Moment,
) -> Result<()> {
    for reseller in resellers(conn, subscription)? {
        activity::store::record_for(conn, &reseller, by, entry, now)?;
        notifications::tell(conn, &reseller, by, event, now)?;
    }
    Ok(())
}
