//! What other areas ask about reservations.

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::reservations;
use crate::error::Result;
use crate::values::id::{CustomerId, OrderId, ReservationId, SubscriptionId};
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

/// The reservations of a customer that hold: how many, and from when on none of them does.
#[derive(Clone, Copy, Debug)]
pub struct Lasting {
    pub count: i64,
    pub until: NaiveDate,
}

/// What a customer has reserved that holds on a day; none where there is nothing.
///
/// # Errors
/// Database errors.
pub fn lasting_of(conn: &mut Connection, customer: &CustomerId, today: NaiveDate) -> Result<Option<Lasting>> {
    let of_customer = reservations::table
        .filter(reservations::customer_id.eq(customer))
        .filter(reservations::expires_on.gt(today));
    let (count, until): (i64, Option<NaiveDate>) =
        of_customer.select((count_star(), max(reservations::expires_on))).first(conn)?;
    Ok(until.map(|until| Lasting { count, until }))
}

/// How many reservations were bought under these subscriptions and hold on a day.
///
/// # Errors
/// Database errors.
pub fn active_under(conn: &mut Connection, plans: &[SubscriptionId], today: NaiveDate) -> Result<i64> {
    Ok(reservations::table
        .filter(is_among(reservations::subscription_id, plans))
        .filter(reservations::expires_on.gt(today))
        .count()
        .get_result(conn)?)
}
