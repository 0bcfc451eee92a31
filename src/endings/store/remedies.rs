//! What clears the way for an end, all at once.

use crate::access::Allowed;
use crate::access::permission::{EndRelationships, ManageSubscriptions, SeeDrafts};
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::orders::draft::store as drafts;
use crate::orders::facts::open_drafts_of;
use crate::subscriptions::model::{Reason, Status};
use crate::subscriptions::store::changes::suspend;
use crate::subscriptions::store::edit::{Changed, Edit};
use crate::subscriptions::store::of_customer::in_states;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// Suspends every active subscription of a customer, add-ons with their bases. Answers how many that were.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn suspend_all(
    conn: &mut Connection,
    (by, manages): (&Allowed<EndRelationships>, &Allowed<ManageSubscriptions>),
    (customer, reason): (&CustomerId, Reason),
    now: Moment,
) -> Result<usize> {
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    let before = in_states(conn, &customer.id, &[Status::Active])?.len();
    // One takes its add-ons with it, so what is left is read again after each.
    while let Some(next) = in_states(conn, &customer.id, &[Status::Active])?.into_iter().next() {
        let edit = Edit { id: next.id, version: next.version, now };
        if suspend(conn, manages, &edit, reason)? != Changed::Done {
            break;
        }
    }
    Ok(before.saturating_sub(in_states(conn, &customer.id, &[Status::Active])?.len()))
}

/// Drops every open draft for a customer. Answers how many those were.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn drop_drafts(
    conn: &mut Connection,
    (by, sees): (&Allowed<EndRelationships>, &Allowed<SeeDrafts>),
    customer: &CustomerId,
    now: Moment,
) -> Result<usize> {
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    let open = open_drafts_of(conn, &customer.id)?;
    for draft in &open {
        drafts::cancel(conn, sees, &draft.id, now)?;
    }
    Ok(open.len())
}
