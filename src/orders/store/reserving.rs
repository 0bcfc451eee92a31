//! The order of a reservation. It cannot be cancelled.

use chrono::Datelike as _;
use diesel::prelude::*;

use super::placing::next_number;
use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::orders;
use crate::error::Result;
use crate::orders::model::OrderState;
use crate::values::id::{CustomerId, OrderId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::money::Money;

/// What is ordered, as orders show it.
pub struct NewOrder {
    pub id: OrderId,
    pub provider: OrganisationId,
    pub customer: CustomerId,
    /// What is paid once.
    pub upfront: Money,
    pub monthly: Money,
    pub is_by_customer: bool,
}

/// Adds it and answers its number.
///
/// # Errors
/// Database errors.
pub fn add_order(conn: &mut Connection, by: &Viewer, new: &NewOrder, now: Moment) -> Result<String> {
    let number = next_number(conn, &new.provider, now.day().year())?;
    diesel::insert_into(orders::table)
        .values((
            orders::id.eq(&new.id),
            orders::number.eq(&number),
            orders::provider_id.eq(&new.provider),
            orders::customer_id.eq(&new.customer),
            orders::placed_by_name.eq(&by.name),
            orders::currency.eq(new.monthly.currency),
            orders::monthly_minor.eq(new.monthly.minor),
            orders::annual_minor.eq(0_i64),
            orders::upfront_minor.eq(new.upfront.minor),
            orders::is_by_customer.eq(new.is_by_customer),
            orders::created_customer.eq(false),
            orders::placed_at.eq(now),
            orders::state.eq(OrderState::Placed),
        ))
        .execute(conn)?;
    Ok(number)
}
