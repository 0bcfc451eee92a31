//! Which licenses of a subscription users have.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::facts::seats;
use super::super::model::{Status, Subscription};
use crate::catalog::model::Unit;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses::facts::assigned_of;
use crate::values::id::{CustomerId, OfferId};

/// The licenses of an offer that a customer's users have, as one of its subscriptions sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Whichever subscription they come from: licenses of one offer are alike.
    pub all: i64,
    /// How many the other active subscriptions of the offer hold.
    pub others: i64,
}

impl Assigned {
    /// How many users would be without if the subscription had only so many.
    pub fn beyond(self, quantity: i64) -> i64 {
        self.all.saturating_sub(self.others).saturating_sub(quantity).max(0)
    }
}

/// What users have of a subscription.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, subscription: &Subscription, today: NaiveDate) -> Result<Assigned> {
    if subscription.unit != Unit::Licenses {
        return Ok(Assigned::default());
    }
    let all = assigned_of(conn, &subscription.customer, &subscription.offer)?;
    let seats = seats(conn, &subscription.customer, today)?;
    let active = seats.get(&subscription.offer).map_or(0, |seats| seats.active);
    let own = if subscription.standing(today) == Status::Active { subscription.quantity.get() } else { 0 };
    Ok(Assigned { all, others: active.saturating_sub(own) })
}

/// How many licenses of a customer's users nothing holds any more once these subscriptions of it are gone.
///
/// # Errors
/// Database errors.
pub fn left_without(conn: &mut Connection, gone: &[Subscription], today: NaiveDate) -> Result<i64> {
    let mut quantities: BTreeMap<(CustomerId, OfferId), i64> = BTreeMap::new();
    for one in gone.iter().filter(|one| one.unit == Unit::Licenses) {
        let active = if one.standing(today) == Status::Active { one.quantity.get() } else { 0 };
        let quantity = quantities.entry((one.customer, one.offer)).or_default();
        *quantity = quantity.saturating_add(active);
    }
    let mut left: i64 = 0;
    for ((customer, offer), quantity) in quantities {
        let active = seats(conn, &customer, today)?.get(&offer).map_or(0, |seats| seats.active);
        let others = active.saturating_sub(quantity);
        let without = assigned_of(conn, &customer, &offer)?.saturating_sub(others).max(0);
        left = left.saturating_add(without);
    }
    Ok(left)
}
