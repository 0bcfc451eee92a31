//! An order that was placed.

use chrono::NaiveDate;

use super::Totals;
use crate::catalog::model::{Billing, Unit};
use crate::reservations::facts::Bought;
use crate::subscriptions::model::Earner;
use crate::text_enum;
use crate::values::id::{CustomerId, DraftId, OrderId, SubscriptionId, TransferId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

text_enum! {
    pub enum OrderState {
        Placed = "placed",
        /// As a whole, on the day it was placed.
        Cancelled = "cancelled",
    }
}

/// An order as lists show it.
#[derive(Clone, Debug)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub customer: CustomerId,
    /// What the customer was called when it was placed.
    pub company_name: String,
    /// What it is called by now, where that is something else.
    pub renamed_to: Option<String>,
    /// With whom it was placed. Its number is unique only there.
    pub provider_name: String,
    pub placed_by_name: String,
    pub placed_at: Moment,
    pub totals: Totals,
    pub state: OrderState,
    /// Whether a file brought along what it holds: the customer had it before, and nothing was ordered.
    pub is_taken_over: bool,
    /// The transfer by which what it holds came from another partner; nothing was ordered.
    pub transfer: Option<TransferId>,
    /// Whether the customer's own people placed it.
    pub is_by_customer: bool,
}

/// An order with all that it made.
#[derive(Clone, Debug)]
pub struct Order {
    pub row: OrderRow,
    pub domain: String,
    /// Whether the customer was added with it.
    pub created_customer: bool,
    pub draft: Option<DraftId>,
    /// The last moment of the day on which it was placed.
    pub cancellable_until: Option<Moment>,
    pub cancellation: Option<Cancellation>,
    pub lines: Vec<OrderedLine>,
    /// What it bought that is no subscription.
    pub reservation: Option<Bought>,
}

/// When an order was cancelled, and by whom.
#[derive(Clone, Debug)]
pub struct Cancellation {
    pub at: Moment,
    pub by_name: String,
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
    /// The promotion by which that is less than the list price; empty for none.
    pub promotion: String,
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

/// A day on which a clock is set back.
const LONGEST_DAY_SECONDS: i64 = 25 * 3600;

impl OrderRow {
    pub fn is_cancelled(&self) -> bool {
        self.state == OrderState::Cancelled
    }
}

impl Order {
    /// Until when it can be cancelled, if it still can at this moment.
    pub fn cancellable_at(&self, now: Moment) -> Option<Moment> {
        let is_open = |until: &Moment| now <= *until && *until <= now.farthest(LONGEST_DAY_SECONDS);
        self.cancellable_until.filter(is_open).filter(|_| !self.row.is_cancelled())
    }

    /// Who earns incentives: the same for all lines of an order.
    pub fn earner(&self) -> &Earner {
        self.lines
            .iter()
            .map(|line| &line.earner)
            .find(|earner| **earner != Earner::Nobody)
            .unwrap_or(&Earner::Nobody)
    }
}
