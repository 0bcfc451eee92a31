//! What other areas ask about reservations.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::reservations;
use crate::error::Result;
use crate::values::id::{OrderId, ReservationId, SubscriptionId};
use crate::values::quantity::Quantity;

/// What an order has bought that is no subscription.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = reservations)]
pub struct Bought {
    pub id: ReservationId,
    pub product_name: String,
    pub region: String,
    pub quantity: Quantity,
    #[diesel(column_name = term_years)]
    pub years: i32,
}

/// The reservation that an order bought. Who may see the order may see it.
///
/// # Errors
/// Database errors.
pub fn of_order(conn: &mut Connection, order: &OrderId) -> Result<Option<Bought>> {
    let of = reservations::table.filter(reservations::order_id.eq(order));
    Ok(of.select(Bought::as_select()).first(conn).optional()?)
}

/// How many reservations were bought under these subscriptions and hold on a day.
///
/// # Errors
/// Database errors.
pub fn active_under(conn: &mut Connection, plans: &[SubscriptionId], today: NaiveDate) -> Result<i64> {
    Ok(reservations::table
        .filter(reservations::subscription_id.eq_any(plans.iter().copied()))
        .filter(reservations::expires_on.gt(today))
        .count()
        .get_result(conn)?)
}
