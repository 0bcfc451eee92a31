//! The order of one subscription that no draft was made of. It cannot be cancelled.

use chrono::Datelike as _;
use diesel::prelude::*;

use super::placing::next_number;
use crate::access::Viewer;
use crate::catalog::model::Billing;
use crate::db::Connection;
use crate::db::schema::orders;
use crate::error::Result;
use crate::orders::model::OrderState;
use crate::subscriptions::model::NewSubscription;
use crate::values::id::BatchId;
use crate::values::moment::Moment;

/// Adds it, for a file or for itself, and answers its number. The subscription and the line are added by whoever calls.
///
/// # Errors
/// Database errors.
pub(super) fn add_order(
    conn: &mut Connection,
    by: &Viewer,
    (new, batch): (&NewSubscription, Option<&BatchId>),
    now: Moment,
) -> Result<String> {
    let number = next_number(conn, &new.provider, now.day().year())?;
    let total = new.unit_price_minor.saturating_mul(new.quantity.get());
    let of = |billing: Billing| if new.billing == billing { total } else { 0 };
    diesel::insert_into(orders::table)
        .values((
            orders::id.eq(&new.order),
            orders::number.eq(&number),
            orders::provider_id.eq(&new.provider),
            orders::customer_id.eq(&new.customer),
            orders::placed_by_name.eq(&by.name),
            orders::currency.eq(new.currency),
            orders::monthly_minor.eq(of(Billing::Monthly)),
            orders::annual_minor.eq(of(Billing::Annual)),
            orders::created_customer.eq(false),
            orders::placed_at.eq(now),
            orders::state.eq(OrderState::Placed),
            orders::batch_id.eq(batch),
        ))
        .execute(conn)?;
    Ok(number)
}
