//! Moving what was accepted, all in one transaction: a subscription ends with one provider on the day on which it begins
//! with the other one, or names another reseller. What stands otherwise than it was frozen fails, with its add-ons, and
//! holds up nothing else.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::permission::RefuseTransfers;
use crate::access::{Allowed, Reach, Viewer};
use crate::activity::Author;
use crate::audiences::facts::closed_to;
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::transfer_items;
use crate::error::Result;
use crate::orders::store::receiving::{self, Arriving};
use crate::partners::facts::name_of;
use crate::subscriptions::model::{NewSubscription, Subscription};
use crate::subscriptions::store::handover::{Handover, hand_over};
use crate::subscriptions::store::transferring::{self, Carried};
use crate::transfers::model::{Item, Kind, Obstacle, Outcome, Transfer, still_stands};
use crate::values::id::{OrderId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;

/// A base with its add-ons, as they are now.
struct Leaving {
    all: Vec<Subscription>,
}

/// Moves these bases with their add-ons. Answers how many subscriptions have moved; what came of each is kept.
///
/// # Errors
/// Database errors.
pub(super) fn move_all(
    conn: &mut Connection,
    by: &Allowed<RefuseTransfers>,
    (transfer, bases): (&Transfer, &[&Item]),
    now: Moment,
) -> Result<usize> {
    let reach = Reach::Provider(transfer.provider);
    let customer = customers::store::find(conn, &reach, &transfer.customer)?;
    let mut leaving = Vec::new();
    for base in bases {
        match look(conn, transfer, base, now)? {
            Ok(family) => leaving.push(family),
            Err(obstacle) => fail(conn, transfer, base, obstacle)?,
        }
    }
    match (transfer.kind, transfer.target, transfer.target_customer) {
        (Kind::Provider, Some(target), Some(account)) => {
            let account = customers::store::find(conn, &Reach::Provider(target), &account)?;
            to_provider(conn, by, (transfer, &leaving), (&customer, &account), now)
        }
        (Kind::Reseller, Some(target), _) => {
            to_reseller(conn, (transfer, &leaving), (&customer, &target), now)
        }
        _ => Ok(0),
    }
}

/// Ends everything here on a day, for a partner that is elsewhere. Answers how many subscriptions have gone.
///
/// # Errors
/// Database errors.
pub(super) fn give_away(
    conn: &mut Connection,
    by: &Viewer,
    (transfer, on): (&Transfer, NaiveDate),
    now: Moment,
) -> Result<usize> {
    let reach = Reach::Provider(transfer.provider);
    let customer = customers::store::find(conn, &reach, &transfer.customer)?;
    let mut gone = 0;
    for base in transfer.bases() {
        match look(conn, transfer, base, now)? {
            Err(obstacle) => fail(conn, transfer, base, obstacle)?,
            Ok(family) => {
                for one in &family.all {
                    transferring::depart(conn, by, (one, &customer), on, now)?;
                    keep(conn, transfer, &one.id, (Outcome::Moved, "", None))?;
                    gone += 1;
                }
            }
        }
    }
    Ok(gone)
}

/// A family as it is now, or why it cannot move any more.
fn look(
    conn: &mut Connection,
    transfer: &Transfer,
    base: &Item,
    now: Moment,
) -> Result<std::result::Result<Leaving, Obstacle>> {
    let items: Vec<&Item> = std::iter::once(base).chain(transfer.add_ons_of(&base.subscription)).collect();
    let mut all = transferring::family(conn, &transfer.provider, &base.subscription)?;
    let is_frozen = |one: &Subscription| items.iter().any(|item| item.subscription == one.id);
    if transfer.kind == Kind::Reseller {
        // Add-ons of other resellers stay theirs, and those that were bought since then name whom they name.
        all.retain(is_frozen);
        if all.iter().any(|one| !one.names(&transfer.source.id)) {
            return Ok(Err(Obstacle::OtherReseller));
        }
        if let Some(target) = &transfer.target
            && is_closed_to(conn, &all, target)?
        {
            return Ok(Err(Obstacle::Closed));
        }
    }
    if let Err(obstacle) = still_stands(items.iter().copied(), &all, now.day()) {
        return Ok(Err(obstacle));
    }
    all.retain(is_frozen);
    Ok(Ok(Leaving { all }))
}

/// Whether a reseller cannot be named on one of them.
///
/// # Errors
/// Database errors.
pub(super) fn is_closed_to(
    conn: &mut Connection,
    family: &[Subscription],
    reseller: &OrganisationId,
) -> Result<bool> {
    let Some(base) = family.first() else { return Ok(false) };
    let closed = closed_to(conn, &base.provider, reseller)?;
    Ok(family.iter().any(|one| closed.contains(&one.offer)))
}

/// To another provider: under another id, with the same days, term, price, quantity and nickname.
fn to_provider(
    conn: &mut Connection,
    by: &Allowed<RefuseTransfers>,
    (transfer, leaving): (&Transfer, &[Leaving]),
    (customer, account): (&Customer, &Customer),
    now: Moment,
) -> Result<usize> {
    let mut ids: HashMap<SubscriptionId, SubscriptionId> = HashMap::new();
    let mut arriving: Vec<Arriving> = Vec::new();
    for one in leaving.iter().flat_map(|family| &family.all) {
        let id = SubscriptionId::new();
        ids.insert(one.id, id);
        let parent = one.parent.and_then(|parent| ids.get(&parent).copied());
        arriving.push(Arriving {
            new: copy(one, (id, parent), account),
            carried: Carried::of(one),
            was: one.id,
        });
    }
    for one in leaving.iter().flat_map(|family| &family.all) {
        transferring::depart(conn, by, (one, customer), now.day(), now)?;
    }
    receiving::receive(conn, by, (&transfer.id, account), &mut arriving, now)?;
    for Arriving { new, was, .. } in &arriving {
        keep(conn, transfer, was, (Outcome::Moved, "", Some(new.id)))?;
    }
    Ok(arriving.len())
}

fn copy(
    one: &Subscription,
    (id, parent): (SubscriptionId, Option<SubscriptionId>),
    account: &Customer,
) -> NewSubscription {
    NewSubscription {
        id,
        customer: account.id,
        provider: account.provider,
        // The order that holds it is made when all are known.
        order: OrderId::new(),
        offer: one.offer,
        offer_name: one.offer_name.clone(),
        unit: one.unit,
        quantity: one.quantity,
        billing: one.billing,
        currency: one.unit_price.currency,
        unit_price_minor: one.unit_price.minor,
        is_trial: one.is_trial,
        parent,
        incentives: None,
        starts_on: one.starts_on,
        renews_on: one.renews_on,
        term_months: one.term_months,
    }
}

/// To another reseller of the same provider, who helps from now on where the former one did.
fn to_reseller(
    conn: &mut Connection,
    (transfer, leaving): (&Transfer, &[Leaving]),
    (customer, target): (&Customer, &OrganisationId),
    now: Moment,
) -> Result<usize> {
    // Who accepted it stands in the records of the file; this is what the provider agreed to before.
    let author = Author::portal((&transfer.provider, &name_of(conn, &transfer.provider)?));
    let mut moved = 0;
    for one in leaving.iter().flat_map(|family| &family.all) {
        let helper = (one.support == transfer.source.id).then_some(*target);
        let handover = Handover { earner: Some(Some((transfer.target_mpn_id.clone(), *target))), helper };
        hand_over(conn, &author, (customer, one), &handover, now)?;
        keep(conn, transfer, &one.id, (Outcome::Moved, "", None))?;
        moved += 1;
    }
    Ok(moved)
}

/// A base and its add-ons cannot move.
fn fail(conn: &mut Connection, transfer: &Transfer, base: &Item, obstacle: Obstacle) -> Result<()> {
    let all = std::iter::once(base).chain(transfer.add_ons_of(&base.subscription));
    for item in all {
        keep(conn, transfer, &item.subscription, (Outcome::Failed, obstacle.as_text(), None))?;
    }
    Ok(())
}

pub(super) fn keep(
    conn: &mut Connection,
    transfer: &Transfer,
    subscription: &SubscriptionId,
    (outcome, why, became): (Outcome, &str, Option<SubscriptionId>),
) -> Result<()> {
    diesel::update(transfer_items::table.find((&transfer.id, subscription)))
        .set((
            transfer_items::result.eq(outcome),
            transfer_items::why.eq(why),
            transfer_items::became_id.eq(became),
        ))
        .execute(conn)?;
    Ok(())
}
