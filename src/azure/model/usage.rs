//! What was used of one meter on one day.

use chrono::NaiveDate;

use super::cost::Cost;
use crate::values::id::{CustomerId, SubscriptionId};

/// So long may be what services, meters and units are called.
pub const SERVICE: usize = 100;
pub const METER: usize = 200;
pub const UNIT: usize = 50;

/// A row of usage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    pub day: NaiveDate,
    pub service: String,
    pub meter: String,
    /// How much, as a decimal number.
    pub used: String,
    pub unit: String,
    pub cost: Cost,
}

/// Usage with what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub customer: CustomerId,
    pub subscription: SubscriptionId,
    pub usage: Usage,
}

/// What tells rows of usage apart: the same once more takes the place of what is there.
pub type Key = (SubscriptionId, NaiveDate, String);

impl Booking {
    pub fn key(&self) -> Key {
        (self.subscription, self.usage.day, self.usage.meter.clone())
    }
}
