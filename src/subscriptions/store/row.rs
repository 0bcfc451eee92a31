//! A subscription as its columns are, and which rows are within reach.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::super::model::{Reason, Status, Subscription};
use crate::access::Reach;
use crate::catalog::model::{Billing, Unit};
use crate::db::row_values::Both;
use crate::db::schema::{delegations, subscriptions};
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, OfferId, OrderId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// All subscriptions within a reach; `None` when it holds nothing.
pub(super) fn within(reach: &Reach) -> Option<subscriptions::BoxedQuery<'_, Both>> {
    let all = subscriptions::table.into_boxed();
    match reach {
        Reach::Provider(provider) => Some(all.filter(subscriptions::provider_id.eq(provider))),
        Reach::Reseller(reseller) => {
            let delegated = delegations::table
                .filter(delegations::customer_id.eq(subscriptions::customer_id))
                .filter(delegations::reseller_id.eq(reseller))
                .filter(delegations::ended_at.is_null());
            // Whoever earns for a subscription manages it, also where somebody else administers the customer.
            let named = subscriptions::mpn_reseller_id.eq(reseller);
            Some(all.filter(exists(delegated).or(named)))
        }
        Reach::Nothing => None,
    }
}

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
            version: row.version,
        }
    }
}
