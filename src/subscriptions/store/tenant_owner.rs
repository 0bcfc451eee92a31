//! Tenant owner permission of the reseller that a subscription names, where that is billed by usage.

use diesel::prelude::*;

use super::super::model::Subscription;
use super::super::model::rules::Action;
use super::edit::{Changed, Edit, Subject, current};
use super::handover::held_by;
use super::of_order;
use crate::access::permission::{GiveTenantOwner, WithdrawTenantOwner};
use crate::access::{Allowed, Viewer};
use crate::activity::{Action as Done, Author};
use crate::azure::model::owner::{OwnerEnd, TenantOwner};
use crate::azure::store::owners::{self, Place};
use crate::customers::model::Customer;
use crate::db::schema::subscriptions;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::values::id::{CustomerId, OrderId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;

/// Gives it to the reseller that the subscription names.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn give(conn: &mut Connection, by: &Allowed<GiveTenantOwner>, edit: &Edit) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let entry = subject.entry(Done::GiveTenantOwner, []);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::AssignReseller, &entry))? {
        return Ok(obstacle);
    }
    let subscription = &subject.subscription;
    let Some((_, reseller)) = subscription.incentives.as_ref().filter(|_| subscription.is_usage_based())
    else {
        return Ok(Changed::Wrong(Problem::NotAllowedHere));
    };
    let place = place_of(subscription, (&subject.customer.id, &subject.customer.company_name));
    if !owners::give(conn, &Author::of(by), (&place, reseller), edit.now)? {
        return Ok(Changed::Same);
    }
    touch(conn, edit)
}

/// Gives it for everything that an order has just bought and that is billed by usage, to the reseller that it names.
///
/// # Errors
/// Database errors.
pub fn give_first(
    conn: &mut Connection,
    by: &Viewer,
    (order, customer): (&OrderId, (&CustomerId, &str)),
    now: Moment,
) -> Result<()> {
    for subscription in of_order(conn, order)?.iter().filter(|one| one.is_usage_based()) {
        if let Some((_, reseller)) = &subscription.incentives {
            owners::give(conn, &Author::of(by), (&place_of(subscription, customer), reseller), now)?;
        }
    }
    Ok(())
}

/// Takes it back.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn withdraw(conn: &mut Connection, by: &Allowed<WithdrawTenantOwner>, edit: &Edit) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    if subject.subscription.version != edit.version {
        return Ok(Changed::Stale);
    }
    let place = place_of(&subject.subscription, (&subject.customer.id, &subject.customer.company_name));
    if !owners::end(conn, &Author::of(by), (&place, OwnerEnd::Withdrawn), edit.now)? {
        return Ok(Changed::Same);
    }
    touch(conn, edit)
}

/// Who has it for something that an order bought; who may see the order may know.
///
/// # Errors
/// Database errors.
pub fn of_order_bought(conn: &mut Connection, order: &OrderId) -> Result<Option<TenantOwner>> {
    for subscription in of_order(conn, order)?.iter().filter(|one| one.is_usage_based()) {
        if let Some(owner) = owners::of_subscription(conn, &subscription.id)? {
            return Ok(Some(owner));
        }
    }
    Ok(None)
}

/// Ends it for one subscription, whoever has it.
///
/// # Errors
/// Database errors.
pub(super) fn end(
    conn: &mut Connection,
    by: &Author,
    (subscription, customer): (&Subscription, (&CustomerId, &str)),
    reason: OwnerEnd,
    now: Moment,
) -> Result<()> {
    if subscription.is_usage_based() {
        owners::end(conn, by, (&place_of(subscription, customer), reason), now)?;
    }
    Ok(())
}

/// Ends it for all that a customer has, because the provider's relationship with it ends.
///
/// # Errors
/// Database errors.
pub fn end_all(conn: &mut Connection, by: &Author, customer: &Customer, now: Moment) -> Result<()> {
    let named = (&customer.id, customer.account.company_name.as_str());
    for subscription in held_by(conn, &customer.id)? {
        end(conn, by, (&subscription, named), OwnerEnd::RelationshipEnded, now)?;
    }
    Ok(())
}

fn place_of<'a>(subscription: &'a Subscription, customer: (&'a CustomerId, &'a str)) -> Place<'a> {
    let subject = (&subscription.id, subscription.nickname.as_str());
    Place { subscription: subject, customer, provider: &subscription.provider }
}

/// Whoever has read the page before has to read it again.
fn touch(conn: &mut Connection, edit: &Edit) -> Result<Changed> {
    let met = diesel::update(current(edit))
        .set(subscriptions::version.eq(subscriptions::version + 1))
        .execute(conn)?;
    if met == 1 { Ok(Changed::Done) } else { Err(try_again()) }
}
