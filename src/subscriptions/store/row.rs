//! A subscription as its columns are.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::{End, Reason, Status, Subscription};
use crate::catalog::model::{Billing, Unit};
use crate::db::schema::subscriptions;
use crate::values::currency::Currency;
use crate::values::id::{
    CustomerId, EntitlementId, OfferId, OrderId, OrganisationId, PromotionId, SubscriptionId,
};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
pub(super) struct Row {
    id: SubscriptionId,
    customer_id: CustomerId,
    provider_id: OrganisationId,
    order_id: OrderId,
    offer_id: OfferId,
    offer_name: String,
    nickname: String,
    unit: Unit,
    quantity: Quantity,
    status: Status,
    billing: Billing,
    currency: Currency,
    unit_price_minor: i64,
    is_trial: bool,
    parent_id: Option<SubscriptionId>,
    mpn_id: String,
    mpn_reseller_id: Option<OrganisationId>,
    support_organisation_id: OrganisationId,
    created_at: Moment,
    starts_on: NaiveDate,
    renews_on: NaiveDate,
    suspended_at: Option<Moment>,
    suspension_reason: Option<String>,
    kept_until: Option<NaiveDate>,
    version: i32,
    term_months: i32,
    auto_renews: bool,
    ended_on: Option<NaiveDate>,
    end_reason: Option<End>,
    trial_offer_id: Option<OfferId>,
    renewal_quantity: Option<Quantity>,
    upgraded_from_id: Option<SubscriptionId>,
    promotion_id: Option<PromotionId>,
    entitlement_id: Option<EntitlementId>,
}

impl Row {
    pub(super) fn id(&self) -> SubscriptionId {
        self.id
    }
}

impl From<Row> for Subscription {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            customer: row.customer_id,
            provider: row.provider_id,
            order: row.order_id,
            offer: row.offer_id,
            offer_name: row.offer_name,
            nickname: row.nickname,
            unit: row.unit,
            quantity: row.quantity,
            status: row.status,
            billing: row.billing,
            unit_price: Money::new(row.unit_price_minor, row.currency),
            is_trial: row.is_trial,
            parent: row.parent_id,
            incentives: row.mpn_reseller_id.map(|reseller| (row.mpn_id, reseller)),
            support: row.support_organisation_id,
            created_at: row.created_at,
            starts_on: row.starts_on,
            renews_on: row.renews_on,
            suspended_at: row.suspended_at,
            suspension_reason: row.suspension_reason.as_deref().and_then(Reason::from_text),
            kept_until: row.kept_until,
            term_months: row.term_months,
            auto_renews: row.auto_renews,
            ended: row.ended_on.zip(row.end_reason),
            upgraded_from: row.upgraded_from_id,
            trial_of: row.trial_offer_id,
            promotion: row.promotion_id,
            renewal_quantity: row.renewal_quantity,
            entitlement: row.entitlement_id,
            version: row.version,
        }
    }
}
