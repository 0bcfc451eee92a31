//! A subscription is bought in place of another one: that ends, and what was added to it goes along.

use diesel::prelude::*;

use super::super::model::{End, NewSubscription, Status, Subscription, term};
use super::edit::{as_read, demand_met, entry_about, mark_deleted};
use super::{add, add_ons, concerned};
use crate::access::{Reach, Viewer};
use crate::activity::{self, Action, Change};
use crate::customers::model::Customer;
use crate::customers::store::soon;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::notifications::{Event, Kind};
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// What is there of all that is added to a subscription, nearest first.
///
/// # Errors
/// Database errors.
pub fn added_to(conn: &mut Connection, base: &SubscriptionId) -> Result<Vec<Subscription>> {
    let mut below = add_ons::below(conn, base)?;
    below.retain(|add_on| add_on.status != Status::Deleted);
    Ok(below)
}

/// What was bought in place of a subscription, within reach.
///
/// # Errors
/// Database errors.
pub fn successor(conn: &mut Connection, reach: &Reach, id: &SubscriptionId) -> Result<Option<Subscription>> {
    let next: Option<SubscriptionId> = subscriptions::table
        .filter(subscriptions::upgraded_from_id.eq(id))
        .select(subscriptions::id)
        .first(conn)
        .optional()?;
    match next {
        Some(next) => super::find(conn, reach, &next).map(Some).or_else(super::details::unless_beyond),
        None => Ok(None),
    }
}

/// Adds the new one, whose order exists, with a nickname that somebody gave and the support contact of the old one.
///
/// # Errors
/// Database errors.
pub fn begin(conn: &mut Connection, old: &Subscription, new: &NewSubscription, now: Moment) -> Result<()> {
    add(conn, new, now)?;
    let nickname = if old.has_own_nickname() { &old.nickname } else { &new.offer_name };
    diesel::update(subscriptions::table.find(&new.id))
        .set((
            subscriptions::upgraded_from_id.eq(Some(&old.id)),
            subscriptions::nickname.eq(nickname),
            subscriptions::sort_name.eq(sort_name(nickname)),
            subscriptions::support_organisation_id.eq(&old.support),
            subscriptions::auto_renews.eq(old.is_trial || old.auto_renews),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the old one, and hangs what was added to it on the new one. It stands in the logs of the provider and of all
/// resellers that it concerns.
///
/// # Errors
/// Database errors.
pub fn replace(
    conn: &mut Connection,
    by: &Viewer,
    (old, customer): (&Subscription, &Customer),
    new: &NewSubscription,
    now: Moment,
) -> Result<()> {
    for add_on in added_to(conn, &old.id)? {
        hang_on(conn, by, (&add_on, customer), (old, new), now)?;
    }
    mark_deleted(conn, old, (now.day(), End::Upgraded))?;
    soon::keep(conn, &old.customer, now.day())?;
    let changes = [
        Change::new("offer", &old.offer_name, &new.offer_name),
        Change::new("quantity", old.quantity, new.quantity),
        Change::set("billing", new.billing.as_text()),
        Change::set("subscription_id", new.id),
    ];
    let customer = (&customer.id, customer.account.company_name.as_str());
    let entry = entry_about(old, customer, Action::UpgradeSubscription, changes);
    activity::store::record(conn, by, &entry, now)?;
    // What it is called now; the letter leads to what takes its place.
    let event = Event::about(Kind::SubscriptionUpgraded, "subscription", new.id, &old.nickname)
        .for_customer(customer.0, customer.1)
        .changed(&old.offer_name, &new.offer_name);
    concerned::tell(conn, by, old, (&entry, &event), now)
}

/// What was added to the old one belongs to the new one, and renews with it.
fn hang_on(
    conn: &mut Connection,
    by: &Viewer,
    (add_on, customer): (&Subscription, &Customer),
    (old, new): (&Subscription, &NewSubscription),
    now: Moment,
) -> Result<()> {
    let parent = if add_on.parent == Some(old.id) { Some(new.id) } else { add_on.parent };
    let term_months = if term::ends(add_on.term_months) { new.term_months } else { add_on.term_months };
    let met = diesel::update(as_read(add_on))
        .set((
            subscriptions::parent_id.eq(parent),
            subscriptions::renews_on.eq(new.renews_on),
            subscriptions::term_months.eq(term_months),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    demand_met(met)?;
    let changes = [
        Change::new("renews_on", add_on.renews_on, new.renews_on),
        Change::set("with_base", &new.offer_name),
    ];
    let customer = (&customer.id, customer.account.company_name.as_str());
    let entry = entry_about(add_on, customer, Action::UpdateSubscription, changes);
    activity::store::record(conn, by, &entry, now)?;
    for reseller in concerned::resellers(conn, add_on)? {
        activity::store::record_for(conn, &reseller, by, &entry, now)?;
    }
    Ok(())
}
