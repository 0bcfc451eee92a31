//! A subscription and the rules of its states.

pub mod billing;
pub mod calendar;
pub mod cancellation;
pub mod conversion;
mod cost;
mod earner;
pub mod early;
pub mod proration;
pub mod purchase;
pub mod renewal;
pub mod rules;
pub mod term;
pub mod undo;

pub use cost::{Cost, is_unusual};
pub use earner::Earner;

use chrono::NaiveDate;

use crate::catalog::model::{Billing, Unit};
use crate::text_enum;
use crate::values::currency::Currency;
use crate::values::id::{
    CustomerId, EntitlementId, OfferId, OrderId, OrganisationId, PromotionId, SubscriptionId,
};
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

text_enum! {
    /// Why a subscription was suspended.
    pub enum Reason {
        CustomerRequest = "customer_request",
        NonPayment = "non_payment",
        Fraud = "fraud",
    }
}

text_enum! {
    /// Why a subscription is deleted.
    pub enum End {
        /// Its order was cancelled.
        Cancelled = "cancelled",
        /// It alone was cancelled, with what was added to it.
        CancelledAlone = "cancelled_alone",
        /// Its term was over, and no other one followed.
        Expired = "expired",
        /// Another subscription was bought in its place.
        Upgraded = "upgraded",
        /// It was suspended for longer than its data is kept.
        DataDeleted = "data_deleted",
        /// Another partner has it, under another id.
        Transferred = "transferred",
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
    /// When its term is over, and another one begins or none.
    pub renews_on: NaiveDate,
    /// How long a term is.
    pub term_months: i32,
    /// Whether another term follows.
    pub auto_renews: bool,
    pub suspended_at: Option<Moment>,
    pub suspension_reason: Option<Reason>,
    /// A suspended subscription's data is deleted after this day.
    pub kept_until: Option<NaiveDate>,
    /// Since when it is deleted, and why.
    pub ended: Option<(NaiveDate, End)>,
    /// How many there are to be when the next term begins, where that is decided.
    pub renewal_quantity: Option<Quantity>,
    /// The subscription in whose place it was bought.
    pub upgraded_from: Option<SubscriptionId>,
    /// The offer of which it was a trial before it was converted.
    pub trial_of: Option<OfferId>,
    /// The promotion that makes the term cheaper that runs now.
    pub promotion: Option<PromotionId>,
    /// What it is called in Azure, where it is billed by usage.
    pub entitlement: Option<EntitlementId>,
    pub version: i32,
}

impl Subscription {
    /// How it stands on a day: see [`rules::standing`].
    pub fn standing(&self, today: NaiveDate) -> Status {
        rules::standing(self.status, self.kept_until, today)
    }

    /// What so many cost a month and a year.
    pub fn cost_of(&self, quantity: Quantity) -> Cost {
        Cost::of(self.unit_price, self.billing, quantity)
    }

    /// What all units cost for one billing period.
    pub fn total(&self) -> Money {
        self.unit_price.times(self.quantity.get())
    }

    /// How many there will be in the next term.
    pub fn quantity_then(&self) -> Quantity {
        self.renewal_quantity.unwrap_or(self.quantity)
    }

    /// Whether what is used is billed, instead of a quantity.
    pub fn is_usage_based(&self) -> bool {
        self.unit == Unit::Usage
    }

    /// The reseller that earns incentives for it.
    pub fn earner(&self) -> Option<OrganisationId> {
        self.incentives.as_ref().map(|(_, reseller)| *reseller)
    }

    pub fn has_own_nickname(&self) -> bool {
        self.nickname != self.offer_name
    }

    /// The nickname, where it is another one than the name of what was bought.
    pub fn own_nickname(&self) -> &str {
        if self.has_own_nickname() { &self.nickname } else { "" }
    }

    /// Whether it names this reseller, which then manages it, whoever administers the customer.
    pub fn names(&self, reseller: &OrganisationId) -> bool {
        self.incentives.as_ref().is_some_and(|(_, named)| named == reseller)
    }

    /// Who helps with it: whoever is designated, as long as the provider's relationship with the customer lasts and it
    /// administers the customer or the subscription names it. Otherwise the provider stands in.
    pub fn helper(&self, lasts: bool, administers: impl Fn(&OrganisationId) -> bool) -> OrganisationId {
        let deals = lasts && (self.names(&self.support) || administers(&self.support));
        if deals { self.support } else { self.provider }
    }

    /// The MPN ID that earns incentives; empty for none.
    pub fn mpn_id(&self) -> &str {
        self.incentives.as_ref().map_or("", |(mpn_id, _)| mpn_id)
    }
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
    pub term_months: i32,
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::web::glossary;

    /// An active one of ten licenses, of a year.
    pub fn plain() -> Subscription {
        let provider = OrganisationId::new();
        let day = |text: &str| text.parse().unwrap();
        Subscription {
            id: SubscriptionId::new(),
            customer: CustomerId::new(),
            provider,
            order: OrderId::new(),
            offer: OfferId::new(),
            offer_name: "Business Basic".to_owned(),
            nickname: "Business Basic".to_owned(),
            unit: Unit::Licenses,
            quantity: Quantity::of(10),
            status: Status::Active,
            billing: Billing::Monthly,
            unit_price: Money::new(510, Currency::parse("EUR").unwrap()),
            is_trial: false,
            parent: None,
            incentives: None,
            support: provider,
            created_at: Moment::now(),
            starts_on: day("2026-03-01"),
            renews_on: day("2027-03-01"),
            term_months: 12,
            auto_renews: true,
            suspended_at: None,
            suspension_reason: None,
            kept_until: None,
            ended: None,
            renewal_quantity: None,
            upgraded_from: None,
            trial_of: None,
            promotion: None,
            entitlement: None,
            version: 1,
        }
    }

    #[test]
    fn the_log_has_words_for_every_status_and_reason() {
        for end in End::ALL {
            assert!(glossary::find("value of end_reason", end.as_text()).is_some(), "{end:?}");
        }
        for status in Status::ALL {
            assert!(glossary::find("value of status", status.as_text()).is_some(), "{status:?}");
        }
        for reason in Reason::ALL {
            assert!(glossary::find("value of reason", reason.as_text()).is_some(), "{reason:?}");
        }
    }
}
