//! What has moved: it has ended with one provider, and begun with the other one under another id.

use std::collections::HashMap;

use chrono::Datelike as _;

use super::Story;
use crate::catalog::model::Billing;
use crate::db::Connection;
use crate::demo::random::id;
use crate::demo::rows::{OrderLineRow, OrderNumberRow, OrderRow, SubscriptionRow};
use crate::error::Result;
use crate::orders::model::number;
use crate::subscriptions::model::{Status, Subscription};
use crate::values::id::{CustomerId, OrderId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// Moves the first family of a file. Answers what its members have become, in their order.
pub(super) fn insert(conn: &mut Connection, story: &Story<'_>, at: Moment) -> Result<Vec<SubscriptionId>> {
    let (Some(family), Some(account)) = (story.families.first(), story.account()) else {
        return Ok(Vec::new());
    };
    let order = OrderId::from_number(id("transferred order", story.number));
    let mut ids: HashMap<SubscriptionId, SubscriptionId> = HashMap::new();
    let mut rows: Vec<SubscriptionRow> = Vec::new();
    for (nth, one) in (0_u64..).zip(family.all()) {
        SubscriptionRow::transfer_away(conn, &one.id, at.day())?;
        let new = SubscriptionId::from_number(id("transferred", story.number * 16 + nth));
        ids.insert(one.id, new);
        let parent = one.parent.and_then(|parent| ids.get(&parent).copied());
        rows.push(row(story, one, (new, parent), (&account, &order), at));
    }
    insert_order(conn, story, (&account, &order), &rows, at)?;
    SubscriptionRow::insert(conn, &rows)?;
    let lines = (0..).zip(&rows).map(|(position, one)| OrderLineRow {
        order_id: order,
        position,
        subscription_id: one.id,
        offer_id: one.offer_id,
        offer_name: one.offer_name.clone(),
        unit: one.unit,
        quantity: one.quantity,
        billing: one.billing,
        unit_price_minor: one.unit_price_minor,
        mpn_id: String::new(),
        promotion_name: "",
    });
    OrderLineRow::insert(conn, &lines.collect::<Vec<_>>())?;
    Ok(rows.iter().map(|one| one.id).collect())
}

fn row(
    story: &Story<'_>,
    one: &Subscription,
    (new, parent): (SubscriptionId, Option<SubscriptionId>),
    (account, order): (&CustomerId, &OrderId),
    at: Moment,
) -> SubscriptionRow {
    let provider = story.world.cast.kestrel.row.id;
    SubscriptionRow {
        id: new,
        customer_id: *account,
        provider_id: provider,
        order_id: *order,
        offer_id: one.offer,
        offer_name: one.offer_name.clone(),
        nickname: one.nickname.clone(),
        sort_name: sort_name(&one.nickname),
        unit: one.unit,
        quantity: one.quantity.get(),
        status: Status::Active,
        billing: one.billing,
        currency: one.unit_price.currency,
        unit_price_minor: one.unit_price.minor,
        is_trial: false,
        parent_id: parent,
        mpn_id: String::new(),
        mpn_reseller_id: None,
        support_organisation_id: provider,
        created_at: at,
        starts_on: one.starts_on,
        renews_on: one.renews_on,
        suspended_at: None,
        suspension_reason: None,
        kept_until: None,
        version: 1,
        term_months: one.term_months,
        auto_renews: one.auto_renews,
        ended_on: None,
        end_reason: None,
        renewal_quantity: None,
        trial_offer_id: None,
        promotion_id: None,
        entitlement_id: one.entitlement,
    }
}

fn insert_order(
    conn: &mut Connection,
    story: &Story<'_>,
    (account, order): (&CustomerId, &OrderId),
    rows: &[SubscriptionRow],
    at: Moment,
) -> Result<()> {
    let (kestrel, year) = (&story.world.cast.kestrel, at.day().year());
    let total = |billing: Billing| {
        let of = rows.iter().filter(|one| one.billing == billing);
        of.map(|one| one.quantity * one.unit_price_minor).sum()
    };
    OrderNumberRow::insert(conn, &[OrderNumberRow { provider_id: kestrel.row.id, year, last: 1 }])?;
    let by = kestrel.owner().map(|person| person.name.clone()).unwrap_or_default();
    let currency = rows.first().map_or(kestrel.row.currency, |one| one.currency);
    let named = (*order, number::of(year, 1));
    let placed = OrderRow {
        monthly_minor: total(Billing::Monthly),
        annual_minor: total(Billing::Annual),
        transfer_id: Some(story.id()),
        ..OrderRow::placed(named, (kestrel.row.id, *account), by, currency, at)
    };
    OrderRow::insert(conn, &[placed])
}
