//! Subscriptions that go to another partner, and those that come from one.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::{End, NewSubscription, Status, Subscription};
use super::edit::{entry_about, mark_deleted};
use super::{add, add_ons, concerned, find, tenant_owner};
use crate::access::{Reach, Viewer};
use crate::activity::{self, Action, Author, Change};
use crate::azure::model::owner::OwnerEnd;
use crate::customers::model::Customer;
use crate::customers::store::soon;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::values::id::{EntitlementId, OrganisationId, PromotionId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::values::quantity::Quantity;

/// A subscription of a provider with all that hangs on it, each behind what it belongs to, whatever their status.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none; database errors.
pub fn family(
    conn: &mut Connection,
    provider: &OrganisationId,
    base: &SubscriptionId,
) -> Result<Vec<Subscription>> {
    let mut all = vec![find(conn, &Reach::Provider(*provider), base)?];
    all.extend(add_ons::below(conn, base)?);
    Ok(all)
}

/// Ends one here on a day, because another partner has it from then on. Who looks after it reads so, and is told.
///
/// # Errors
/// Database errors.
pub fn depart(
    conn: &mut Connection,
    by: &Viewer,
    (subscription, customer): (&Subscription, &Customer),
    on: NaiveDate,
    now: Moment,
) -> Result<()> {
    mark_deleted(conn, subscription, (on, End::Transferred))?;
    soon::keep(conn, &subscription.customer, now.day())?;
    let name = customer.account.company_name.as_str();
    let named = (&customer.id, name);
    tenant_owner::end(conn, &Author::of(by), (subscription, named), OwnerEnd::SubscriptionEnded, now)?;
    let changes = [
        Change::new("status", subscription.status.as_text(), Status::Deleted.as_text()),
        Change::set("end_reason", End::Transferred.as_text()),
    ];
    let entry = entry_about(subscription, (&customer.id, name), Action::EndSubscription, changes);
    activity::store::record_for(conn, &subscription.provider, by, &entry, now)?;
    let event =
        Event::about(Kind::ManagedSubscriptionEnded, "subscription", subscription.id, &subscription.nickname)
            .for_customer(&customer.id, name)
            .changed("", End::Transferred.as_text());
    for reseller in concerned::resellers(conn, subscription)? {
        // Who has it from then on is for the partners in the file to know.
        activity::store::record_by_portal(conn, &reseller, &entry, now)?;
        notifications::tell_by_portal(conn, &reseller, &event, now)?;
    }
    Ok(())
}

/// What one brings along from another partner.
#[derive(Clone, Debug)]
pub struct Carried {
    pub nickname: String,
    pub auto_renews: bool,
    /// What is planned for the next term.
    pub renewal_quantity: Option<Quantity>,
    /// What is billed by usage is still called the same in Azure.
    pub entitlement: Option<EntitlementId>,
    /// By which the price is lower in the term that runs.
    pub promotion: Option<PromotionId>,
}

impl Carried {
    pub fn of(subscription: &Subscription) -> Self {
        let (auto_renews, renewal_quantity) = (subscription.auto_renews, subscription.renewal_quantity);
        Self {
            nickname: subscription.nickname.clone(),
            auto_renews,
            renewal_quantity,
            entitlement: subscription.entitlement,
            promotion: subscription.promotion,
        }
    }
}

/// Adds one that came from another partner, called and decided about as it was there.
///
/// # Errors
/// Database errors.
pub fn arrive(
    conn: &mut Connection,
    by: &Viewer,
    new: &NewSubscription,
    (carried, company_name): (&Carried, &str),
    was: &SubscriptionId,
    now: Moment,
) -> Result<()> {
    add(conn, new, now)?;
    diesel::update(subscriptions::table.find(&new.id))
        .set((
            subscriptions::nickname.eq(&carried.nickname),
            subscriptions::sort_name.eq(sort_name(&carried.nickname)),
            subscriptions::auto_renews.eq(carried.auto_renews),
            subscriptions::renewal_quantity.eq(carried.renewal_quantity),
            subscriptions::entitlement_id.eq(carried.entitlement),
            subscriptions::promotion_id.eq(carried.promotion),
        ))
        .execute(conn)?;
    soon::keep(conn, &new.customer, now.day())?;
    let entry = activity::Entry::new(Action::TransferSubscription, "subscription", new.id, &carried.nickname)
        .for_customer(&new.customer, company_name)
        .with([Change::set("former_id", was), Change::set("quantity", new.quantity)]);
    activity::store::record_for(conn, &new.provider, by, &entry, now)
}
