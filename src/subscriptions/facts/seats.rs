//! How many licenses a customer bought.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::catalog::model::Unit;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::subscriptions::model::{Status, rules};
use crate::values::id::{CustomerId, OfferId};
use crate::values::quantity::Quantity;

/// The licenses of one offer that a customer has under one account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// Of active subscriptions.
    pub active: i64,
    /// How many of those are of trials, for which nobody pays.
    pub trial: i64,
    /// Of suspended ones, which nobody can use until they are reactivated.
    pub suspended: i64,
}

/// What a customer has on a day of everything that is licensed to users. What has not been provisioned is not there yet.
///
/// # Errors
/// Database errors.
pub fn seats(
    conn: &mut Connection,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<BTreeMap<OfferId, Seats>> {
    let rows: Vec<Row> = subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::unit.eq(Unit::Licenses))
        .filter(subscriptions::status.ne(Status::Deleted))
        .select(Row::as_select())
        .load(conn)?;
    let mut seats: BTreeMap<OfferId, Seats> = BTreeMap::new();
    for row in rows {
        let of = seats.entry(row.offer_id).or_default();
        match rules::standing(row.status, row.kept_until, today) {
            Status::Active => {
                of.active = of.active.saturating_add(row.quantity.get());
                let trial = if row.is_trial { row.quantity.get() } else { 0 };
                of.trial = of.trial.saturating_add(trial);
            }
            Status::Suspended => of.suspended = of.suspended.saturating_add(row.quantity.get()),
            Status::Pending | Status::Deleted => {}
        }
    }
    seats.retain(|_, of| *of != Seats::default());
    Ok(seats)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct Row {
    offer_id: OfferId,
    quantity: Quantity,
    status: Status,
    is_trial: bool,
    kept_until: Option<NaiveDate>,
}
