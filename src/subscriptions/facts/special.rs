//! Subscriptions of offers that only a special qualification opens.

use diesel::prelude::*;

use super::living;
use crate::catalog::facts::{offer, offer_qualification};
use crate::catalog::model::{Qualification, Unit};
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{CustomerId, SubscriptionId};
use crate::values::quantity::Quantity;

/// One of them.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Special {
    pub id: SubscriptionId,
    pub nickname: String,
    pub quantity: Quantity,
    pub unit: Unit,
}

/// Those of a customer that this qualification opened; none for a customer without one.
///
/// # Errors
/// Database errors.
pub fn special(
    conn: &mut Connection,
    customer: &CustomerId,
    qualification: Qualification,
) -> Result<Vec<Special>> {
    if qualification == Qualification::None {
        return Ok(Vec::new());
    }
    Ok(living()
        .inner_join(offer(subscriptions::offer_id))
        .filter(subscriptions::customer_id.eq(customer))
        .filter(offer_qualification.eq(qualification))
        .order((subscriptions::sort_name, subscriptions::id))
        .select(Special::as_select())
        .load(conn)?)
}
