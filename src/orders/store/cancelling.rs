//! Cancels an order with all that it has bought.

use std::collections::HashMap;

use diesel::prelude::*;

use super::reading;
use crate::access::permission::CancelOrders;
use crate::access::{Allowed, Reach};
use crate::activity::{self, Action, Change, Entry};
use crate::customers;
use crate::customers::facts::resellers_of;
use crate::db::Connection;
use crate::db::schema::orders;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::orders::model::cancelling::{AddOn, Ending, Refusal, is_there};
use crate::orders::model::{Order, OrderState};
use crate::subscriptions::model::Subscription;
use crate::subscriptions::store::{assigned, ending, of_order};
use crate::values::id::{OrderId, OrganisationId};
use crate::values::moment::Moment;

/// How a cancellation ended.
#[derive(Clone, Debug)]
pub enum Cancelled {
    /// So many subscriptions have ended with it.
    Now {
        number: String,
        ended: usize,
    },
    /// It was cancelled before; nothing was written.
    Before,
    /// A subscription is not as the page showed it; nothing was written.
    Stale,
    Refused,
}

/// What cancelling an order within reach would end.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn question(conn: &mut Connection, reach: &Reach, id: &OrderId, now: Moment) -> Result<Ending> {
    let order = reading::find(conn, reach, id)?;
    let all = of_order(conn, id)?;
    let add_ons = foreign(conn, id, &all, now)?;
    let refusal = match order.cancellable_at(now) {
        None => Some(Refusal::TooLate),
        Some(_) if !add_ons.is_empty() => Some(Refusal::AddOns(add_ons)),
        Some(_) => None,
    };
    let subscriptions: Vec<Subscription> = all.into_iter().filter(|one| is_there(one, now)).collect();
    let left_without = assigned::left_without(conn, &subscriptions, now.day())?;
    Ok(Ending { order, subscriptions, left_without, refusal })
}

fn foreign(
    conn: &mut Connection,
    order: &OrderId,
    ending: &[Subscription],
    now: Moment,
) -> Result<Vec<AddOn>> {
    let mut add_ons = Vec::new();
    for add_on in ending::foreign_add_ons(conn, order, ending, now)? {
        let number = orders::table.find(&add_on.order).select(orders::number).first(conn)?;
        add_ons.push(AddOn { name: add_on.nickname, order: add_on.order, number });
    }
    Ok(add_ons)
}

/// Cancels an order, all of it or nothing, once. `mark` is [`Ending::mark`] of what was read.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn cancel(
    conn: &mut Connection,
    by: &Allowed<CancelOrders>,
    (id, mark): (&OrderId, &str),
    now: Moment,
) -> Result<Cancelled> {
    let asked = question(conn, &by.reach(), id, now)?;
    if asked.order.row.is_cancelled() {
        return Ok(Cancelled::Before);
    }
    let customer = customers::store::find(conn, &by.reach(), &asked.order.row.customer)?;
    let name = customer.account.company_name.as_str();
    if let Some(refusal) = &asked.refusal {
        let refused = Change::set("refused", refusal.key());
        let entry = entry((&asked.order, name), lines(&asked.subscriptions)).with([refused]).failed();
        activity::store::record(conn, by, &entry, now)?;
        return Ok(Cancelled::Refused);
    }
    if asked.mark() != mark {
        return Ok(Cancelled::Stale);
    }
    let placed = orders::table.filter(orders::id.eq(id)).filter(orders::state.eq(OrderState::Placed));
    let met = diesel::update(placed)
        .set((
            orders::state.eq(OrderState::Cancelled),
            orders::cancelled_at.eq(now),
            orders::cancelled_by.eq(&by.person),
            orders::cancelled_by_name.eq(&by.name),
        ))
        .execute(conn)?;
    if met == 0 {
        return Ok(Cancelled::Before);
    }
    for subscription in &asked.subscriptions {
        ending::end(conn, by, subscription, (&customer, &asked.order.row.number), now)?;
    }
    record(conn, by, (&asked, name), now)?;
    Ok(Cancelled::Now { ended: asked.subscriptions.len(), number: asked.order.row.number })
}

/// In the logs of the provider and of the resellers that administer the customer, which are told. One that is only
/// named learns of its subscriptions, each for itself, and nothing else of the order.
fn record(
    conn: &mut Connection,
    by: &Allowed<CancelOrders>,
    (asked, name): (&Ending, &str),
    now: Moment,
) -> Result<()> {
    let totals = asked.totals();
    let amounts = [("not_billed_monthly", totals.monthly), ("not_billed_annually", totals.annual)];
    let amounts = amounts.into_iter().filter(|(_, amount)| amount.minor != 0);
    let amounts: Vec<Change> = amounts.map(|(field, amount)| Change::set(field, amount)).collect();
    let whole = entry((&asked.order, name), lines(&asked.subscriptions)).with(amounts);
    activity::store::record(conn, by, &whole, now)?;
    let order = &asked.order.row;
    let administering = resellers_of(conn, &order.customer)?;
    let event = Event::about(Kind::OrderCancelled, "order", order.id, &order.number)
        .for_customer(&order.customer, name)
        .changed("", asked.subscriptions.len());
    for reseller in &administering {
        activity::store::record_for(conn, reseller, by, &whole, now)?;
        notifications::tell(conn, reseller, by, &event, now)?;
    }
    tell_named(conn, by, (asked, name), &administering, now)
}

/// One that is only named is told how many of its subscriptions have ended.
fn tell_named(
    conn: &mut Connection,
    by: &Allowed<CancelOrders>,
    (asked, name): (&Ending, &str),
    administering: &[OrganisationId],
    now: Moment,
) -> Result<()> {
    let mut ended: HashMap<&OrganisationId, usize> = HashMap::new();
    let named = asked.subscriptions.iter().filter_map(|one| one.incentives.as_ref());
    for (_, reseller) in named.filter(|(_, reseller)| !administering.contains(reseller)) {
        *ended.entry(reseller).or_default() += 1;
    }
    let order = &asked.order.row;
    for (reseller, count) in ended {
        let event = Event::about(Kind::OrderCancelled, "named_subscriptions", order.id, count)
            .for_customer(&order.customer, name);
        notifications::tell(conn, reseller, by, &event, now)?;
    }
    Ok(())
}

/// The customer is called as it is now, whatever it was when the order was placed.
fn entry((order, name): (&Order, &str), lines: Vec<Change>) -> Entry {
    Entry::new(Action::CancelOrder, "order", order.row.id, &order.row.number)
        .for_customer(&order.row.customer, name)
        .with(lines)
}

fn lines<'a>(subscriptions: impl IntoIterator<Item = &'a Subscription>) -> Vec<Change> {
    let line = |one: &Subscription| Change::set("line", format!("{} × {}", one.offer_name, one.quantity));
    subscriptions.into_iter().map(line).collect()
}
