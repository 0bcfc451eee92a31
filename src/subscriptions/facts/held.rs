//! Which offers customers have, and since when: what a list from elsewhere is compared with.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::subscriptions::model::Status;
use crate::values::id::{CustomerId, OfferId, SubscriptionId};
use crate::values::quantity::Quantity;

/// A subscription that a customer has.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Held {
    pub id: SubscriptionId,
    #[diesel(column_name = customer_id)]
    pub customer: CustomerId,
    #[diesel(column_name = offer_id)]
    pub offer: OfferId,
    pub quantity: Quantity,
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
}

/// What these customers have that is not deleted. The caller has found them within reach.
///
/// # Errors
/// Database errors.
pub fn held_by(conn: &mut Connection, customers: &[CustomerId]) -> Result<Vec<Held>> {
    Ok(subscriptions::table
        .filter(is_among(subscriptions::customer_id, customers))
        .filter(subscriptions::status.ne(Status::Deleted))
        .select(Held::as_select())
        .load(conn)?)
}
