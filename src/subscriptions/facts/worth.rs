//! What a customer's subscriptions are worth a month beyond what is kept with the customer.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::catalog::model::Billing;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::partners::facts::{organisation, organisation_currency};
use crate::subscriptions::model::{Cost, Status};
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct PricedRow {
    customer_id: CustomerId,
    quantity: Quantity,
    billing: Billing,
    currency: Currency,
    unit_price_minor: i64,
}

/// What the active subscriptions of these customers cost a month in other currencies than their provider's, in which
/// it is kept with each customer: one amount a customer and currency.
///
/// # Errors
/// Database errors.
pub fn monthly_elsewhere(
    conn: &mut Connection,
    customers: &[CustomerId],
) -> Result<Vec<(CustomerId, Money)>> {
    let rows: Vec<PricedRow> = subscriptions::table
        .inner_join(organisation(subscriptions::provider_id))
        .filter(is_among(subscriptions::customer_id, customers))
        .filter(subscriptions::status.eq(Status::Active))
        .filter(subscriptions::currency.ne(organisation_currency))
        .select(PricedRow::as_select())
        .load(conn)?;
    let mut sums: BTreeMap<(String, &'static str), (CustomerId, Money)> = BTreeMap::new();
    for row in rows {
        let month = Cost::of(Money::new(row.unit_price_minor, row.currency), row.billing, row.quantity).month;
        let key = (row.customer_id.to_string(), row.currency.code());
        let none = (row.customer_id, Money::new(0, row.currency));
        let (_, sum) = sums.entry(key).or_insert(none);
        *sum = sum.plus(month);
    }
    Ok(sums.into_values().collect())
}
