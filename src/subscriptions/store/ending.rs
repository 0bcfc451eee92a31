//! Subscriptions that end because their order is cancelled.

use super::super::model::{End, Status, Subscription};
use super::edit::{entry_about, mark_deleted};
use super::{add_ons, concerned, tenant_owner};
use crate::access::Allowed;
use crate::access::permission::CancelOrders;
use crate::activity::{self, Action, Author, Change};
use crate::azure::model::owner::OwnerEnd;
use crate::customers::facts::resellers_of;
use crate::customers::model::Customer;
use crate::customers::store::soon;
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::OrderId;
use crate::values::moment::Moment;

/// Add-ons that other orders have bought for these subscriptions and that still are there: they have to go first.
///
/// # Errors
/// Database errors.
pub fn foreign_add_ons(
    conn: &mut Connection,
    order: &OrderId,
    ending: &[Subscription],
    now: Moment,
) -> Result<Vec<Subscription>> {
    let mut foreign: Vec<Subscription> = Vec::new();
    for base in ending {
        for add_on in add_ons::below(conn, &base.id)? {
            let is_there = add_on.order != *order && add_on.standing(now.day()) != Status::Deleted;
            if is_there && foreign.iter().all(|known| known.id != add_on.id) {
                foreign.push(add_on);
            }
        }
    }
    Ok(foreign)
}

/// Ends a subscription together with its order. Both sides read of it in their logs.
///
/// # Errors
/// Database errors.
pub fn end(
    conn: &mut Connection,
    by: &Allowed<CancelOrders>,
    subscription: &Subscription,
    (customer, number): (&Customer, &str),
    now: Moment,
) -> Result<()> {
    mark_deleted(conn, subscription, (now.day(), End::Cancelled))?;
    soon::keep(conn, &subscription.customer, now.day())?;
    let named = (&customer.id, customer.account.company_name.as_str());
    tenant_owner::end(conn, &Author::of(by), (subscription, named), OwnerEnd::SubscriptionEnded, now)?;
    let changes = [
        Change::new("status", subscription.status.as_text(), Status::Deleted.as_text()),
        Change::set("number", number),
    ];
    let customer = (&customer.id, customer.account.company_name.as_str());
    let entry = entry_about(subscription, customer, Action::CancelOrder, changes);
    activity::store::record(conn, by, &entry, now)?;
    let administering = resellers_of(conn, &subscription.customer)?;
    for reseller in concerned::resellers(conn, subscription)? {
        let mut entry = entry.clone();
        if !administering.contains(&reseller) {
            entry.changes.retain(|change| change.field != "number");
        }
        activity::store::record_for(conn, &reseller, by, &entry, now)?;
    }
    Ok(())
}
