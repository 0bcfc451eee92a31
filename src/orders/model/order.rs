//! An order that was placed.

use chrono::NaiveDate;

use super::Totals;
use crate::catalog::model::{Billing, Unit};
use crate::subscriptions::model::Earner;
use crate::values::id::{CustomerId, DraftId, OrderId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// An order as lists show it.
#[derive(Clone, Debug)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub customer: CustomerId,
    pub company_name: String,
    pub placed_by_name: String,
    pub placed_at: Moment,
    pub totals: Totals,
}

/// An order with all that it made.
#[derive(Clone, Debug)]
pub struct Order {
    pub row: OrderRow,
    pub domain: String,
    pub provider_name: String,
    /// Whether the customer was added with it.
    pub created_customer: bool,
    pub draft: Option<DraftId>,
    pub lines: Vec<OrderedLine>,
}

/// What was ordered in one line.
#[derive(Clone, Debug)]
pub struct OrderedLine {
    pub subscription: SubscriptionId,
    pub offer_name: String,
    pub unit: Unit,
    pub quantity: Quantity,
    pub billing: Billing,
    pub unit_price: Money,
    pub earner: Earner,
    pub starts_on: NaiveDate,
    /// None for what runs until it is cancelled.
    pub renews_on: Option<NaiveDate>,
    pub is_trial: bool,
}

impl OrderedLine {
    pub fn total(&self) -> Money {
        self.unit_price.times(self.quantity.get())
    }
}

impl Order {
    /// Who earns incentives: the same for all lines of an order.
    pub fn earner(&self) -> &Earner {
        self.lines
            .iter()
            .map(|line| &line.earner)
            .find(|earner| **earner != Earner::Nobody)
            .unwrap_or(&Earner::Nobody)
    }
}
