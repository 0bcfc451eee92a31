//! A subscription and the rules of its states.

use chrono::NaiveDate;

use crate::catalog::model::{Billing, Unit};
use crate::text_enum;
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, OfferId, OrderId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

text_enum! {
    pub enum Status {
        Pending = "pending",
        Active = "active",
        Suspended = "suspended",
        Deleted = "deleted",
    }
}

/// A subscription as the database keeps it.
#[derive(Clone, Debug)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub customer: CustomerId,
    pub provider: OrganisationId,
    pub order: OrderId,
    pub offer: OfferId,
    pub offer_name: String,
    /// Tells equal offers apart; the offer's name unless somebody chose another one.
    pub nickname: String,
    pub unit: Unit,
    pub quantity: Quantity,
    pub status: Status,
    pub billing: Billing,
    /// One unit for one billing period; fixed for the term.
    pub unit_price: Money,
    pub is_trial: bool,
    /// The subscription that this one is an add-on of.
    pub parent: Option<SubscriptionId>,
    /// Who earns incentives: the location's MPN ID, and the reseller it belongs to.
    pub incentives: Option<(String, OrganisationId)>,
    /// Who helps the customer.
    pub support: OrganisationId,
    pub created_at: Moment,
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
    pub suspended_at: Option<Moment>,
    pub suspension_reason: Option<String>,
    /// A suspended subscription's data is deleted after this day.
    pub kept_until: Option<NaiveDate>,
    pub version: i32,
}

/// A subscription that an order makes.
#[derive(Clone, Debug)]
pub struct NewSubscription {
    pub id: SubscriptionId,
    pub customer: CustomerId,
    pub provider: OrganisationId,
    pub order: OrderId,
    pub offer: OfferId,
    pub offer_name: String,
    pub unit: Unit,
    pub quantity: Quantity,
    pub billing: Billing,
    pub currency: Currency,
    pub unit_price_minor: i64,
    pub is_trial: bool,
    pub parent: Option<SubscriptionId>,
    pub incentives: Option<(String, OrganisationId)>,
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
}
