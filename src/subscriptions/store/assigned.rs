//! Which licenses of a subscription users have.

use chrono::NaiveDate;

use super::super::facts::seats;
use super::super::model::{Status, Subscription};
use crate::catalog::model::Unit;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses::facts::assigned_of;

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

/// # Errors
/// Database errors.
pub(super) fn of(conn: &mut Connection, subscription: &Subscription, today: NaiveDate) -> Result<Assigned> {
    if subscription.unit != Unit::Licenses {
        return Ok(Assigned::default());
    }
    let all = assigned_of(conn, &subscription.customer, &subscription.offer)?;
    let seats = seats(conn, &subscription.customer, today)?;
    let active = seats.get(&subscription.offer).map_or(0, |seats| seats.active);
    let own = if subscription.standing(today) == Status::Active { subscription.quantity.get() } else { 0 };
    Ok(Assigned { all, others: active.saturating_sub(own) })
}
