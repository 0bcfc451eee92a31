//! The lines of an order and the subscriptions they make.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Viewer;
use crate::catalog::model::promoted::Promoted;
use crate::db::Connection;
use crate::db::schema::order_lines;
use crate::error::Result;
use crate::orders::model::{Base, Chosen, Incentives, Line, Making, term};
use crate::subscriptions;
use crate::subscriptions::model::NewSubscription;
use crate::subscriptions::store::incentives::record_first;
use crate::values::id::{CustomerId, OfferId, OrderId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;

/// What add-ons need to know of the subscriptions that were made before them.
type Made = HashMap<OfferId, (SubscriptionId, NaiveDate)>;

/// Adds a subscription and an order line for every chosen offer.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Viewer,
    making: &Making,
    chosen: &Chosen,
    (order, customer): (&OrderId, &CustomerId),
    now: Moment,
) -> Result<()> {
    let incentives = match making.incentives() {
        Incentives::Partner(partner) => Some((partner.mpn_id.to_string(), partner.reseller)),
        Incentives::Nobody | Incentives::Gone(_) | Incentives::Barred(..) => None,
    };
    let mut made = Made::new();
    for (position, line) in (0..).zip(&chosen.lines) {
        let new = subscription(line, making, (order, customer), &incentives, (&made, now));
        subscriptions::store::add(conn, &new, now)?;
        add_line(conn, order, position, &new)?;
        keep_promotion(conn, (order, position), (&new.id, line.listed.promoted.as_ref()))?;
        record_first(conn, by, (&new, &making.account().company_name), now)?;
        made.insert(new.offer, (new.id, new.renews_on));
    }
    Ok(())
}

/// Says in a line, and keeps with what it has bought, by which promotion it has its price.
///
/// # Errors
/// Database errors.
pub fn keep_promotion(
    conn: &mut Connection,
    line: (&OrderId, i32),
    (bought, promoted): (&SubscriptionId, Option<&Promoted>),
) -> Result<()> {
    let Some(promoted) = promoted else { return Ok(()) };
    subscriptions::store::promotion::keep(conn, bought, &promoted.promotion)?;
    let named = order_lines::promotion_name.eq(&promoted.name);
    diesel::update(order_lines::table.find(line)).set(named).execute(conn)?;
    Ok(())
}

fn subscription(
    line: &Line,
    making: &Making,
    (order, customer): (&OrderId, &CustomerId),
    incentives: &Option<(String, OrganisationId)>,
    (made, now): (&Made, Moment),
) -> NewSubscription {
    let offer = &line.listed.offer;
    let starts_on = term::starts_on(now.day());
    let base = match &line.base {
        None => None,
        Some(Base::Held(held)) => Some((held.subscription, held.renews_on)),
        Some(Base::Ordered(base)) => made.get(base).cloned(),
    };
    let term_months = term::months(offer.term_months, line.billing);
    let renews_on = match &base {
        Some((_, base_renews_on)) => term::renews_with(*base_renews_on, starts_on, term_months),
        None => term::renews_on(starts_on, term_months),
    };
    NewSubscription {
        id: SubscriptionId::new(),
        customer: *customer,
        provider: making.draft.provider,
        order: *order,
        offer: offer.id,
        offer_name: offer.name.clone(),
        unit: offer.unit,
        quantity: line.quantity,
        billing: line.billing,
        currency: making.catalogue.currency,
        unit_price_minor: line.unit_price.minor,
        is_trial: offer.is_trial,
        parent: base.map(|(parent, _)| parent),
        incentives: incentives.clone(),
        starts_on,
        renews_on,
        term_months,
    }
}

/// Adds a line about a subscription to an order.
///
/// # Errors
/// Database errors.
pub fn add_line(conn: &mut Connection, order: &OrderId, position: i32, new: &NewSubscription) -> Result<()> {
    diesel::insert_into(order_lines::table)
        .values((
            order_lines::order_id.eq(order),
            order_lines::position.eq(position),
            order_lines::subscription_id.eq(&new.id),
            order_lines::offer_id.eq(&new.offer),
            order_lines::offer_name.eq(&new.offer_name),
            order_lines::unit.eq(new.unit),
            order_lines::quantity.eq(new.quantity),
            order_lines::billing.eq(new.billing),
            order_lines::unit_price_minor.eq(new.unit_price_minor),
            order_lines::mpn_id.eq(new.incentives.as_ref().map_or("", |(mpn_id, _)| mpn_id)),
        ))
        .execute(conn)?;
    Ok(())
}
