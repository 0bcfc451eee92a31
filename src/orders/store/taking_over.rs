//! What customers had before the portal knew them: kept like an order, so that what runs is known and can be dealt with,
//! but nothing was ordered, and nothing can be cancelled. What is given up again leaves a gap in the numbers.

use diesel::prelude::*;

use super::placing::add_line;
use super::single;
use crate::access::Allowed;
use crate::access::permission::PlaceOrders;
use crate::activity::{Action, Change, Entry, store as activity};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{order_lines, orders};
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::subscriptions;
use crate::subscriptions::model::NewSubscription;
use crate::subscriptions::store::Forgotten;
use crate::subscriptions::store::incentives::record_first;
use crate::values::id::{BatchId, CustomerId, OrderId, SubscriptionId};
use crate::values::moment::Moment;

/// Takes a subscription over that a customer of the viewer's organisation has already, by a file. Its log, and that of the
/// reseller that earns for it, tell of it.
///
/// # Errors
/// Database errors.
pub fn take_over(
    conn: &mut Connection,
    by: &Allowed<PlaceOrders>,
    (new, company_name): (&NewSubscription, &str),
    (batch, file): (&BatchId, &str),
    now: Moment,
) -> Result<()> {
    let number = single::add_order(conn, by, (new, Some(batch)), now)?;
    subscriptions::store::add(conn, new, now)?;
    add_line(conn, &new.order, 0, new)?;
    record_first(conn, by, (new, company_name), now)?;
    let line = format!("{} × {}", new.offer_name, new.quantity);
    let entry = Entry::new(Action::BringAlong, "order", new.order, &number)
        .for_customer(&new.customer, company_name)
        .with([Change::set("line", line), Change::set("upload", file)])
        .with(new.incentives.as_ref().map(|(mpn_id, _)| Change::set("mpn_id", mpn_id)));
    activity::record(conn, by, &entry, now)?;
    let Some((mpn_id, reseller)) = &new.incentives else { return Ok(()) };
    let event = Event::about(Kind::IncentivesNamed, "order", new.order, 1)
        .for_customer(&new.customer, company_name)
        .changed("", mpn_id);
    notifications::tell(conn, reseller, by, &event, now)
}

/// Which subscriptions a file has brought along for a customer so far.
///
/// # Errors
/// Database errors.
pub fn brought_by(
    conn: &mut Connection,
    customer: &CustomerId,
    batch: &BatchId,
) -> Result<Vec<SubscriptionId>> {
    let of = orders::table.filter(orders::customer_id.eq(customer)).filter(orders::batch_id.eq(batch));
    let all: Vec<OrderId> = of.select(orders::id).load(conn)?;
    Ok(order_lines::table
        .filter(is_among(order_lines::order_id, &all))
        .select(order_lines::subscription_id)
        .load(conn)?)
}

/// Forgets what a file brought along for a customer: everything, or one order with the add-ons to what it holds. Answers
/// what is gone; none where somebody has changed some of it since. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors, where something refers to it.
pub fn give_up(
    conn: &mut Connection,
    (customer, batch): (&CustomerId, &BatchId),
    only: Option<&OrderId>,
) -> Result<Option<Vec<Forgotten>>> {
    let of = orders::table
        .filter(orders::customer_id.eq(customer))
        .filter(orders::batch_id.eq(batch))
        // What was brought along last may be an add-on of what was before it.
        .order((orders::placed_at.desc(), orders::number.desc()))
        .select(orders::id);
    let mut all: Vec<OrderId> = of.load(conn)?;
    if let Some(only) = only {
        let add_ons = subscriptions::facts::orders_of_add_ons(conn, only)?;
        all.retain(|order| order == only || add_ons.contains(order));
    }
    let mut gone = Vec::new();
    for order in all {
        diesel::delete(order_lines::table.filter(order_lines::order_id.eq(order))).execute(conn)?;
        match subscriptions::store::forget_untouched(conn, &order)? {
            Some(some) => gone.extend(some),
            None => return Ok(None),
        }
        diesel::delete(orders::table.find(order)).execute(conn)?;
    }
    Ok(Some(gone))
}
