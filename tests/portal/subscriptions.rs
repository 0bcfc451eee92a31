//! Subscriptions: the list and the export, a subscription's page, and every change with its rules.

mod billing;
mod changes;
mod list;
mod named;
mod partners;
mod quantity;
mod races;
mod reach;
mod status;

use chrono::NaiveDate;
use diesel::prelude::*;
use twotier::db::schema::{activity_records, subscriptions};
use twotier::values::id::{OrganisationId, SubscriptionId};

use crate::support::portal::Portal;

/// The address of a subscription's page.
fn page(id: &SubscriptionId) -> String {
    format!("/subscriptions/{id}")
}

/// What is on record about a subscription in an organisation's log, oldest first: action, changes, result.
async fn log(
    portal: &Portal,
    organisation: &OrganisationId,
    id: &SubscriptionId,
) -> Vec<(String, String, String)> {
    let (organisation, id) = (*organisation, id.to_string());
    portal
        .query(move |conn| {
            Ok(activity_records::table
                .filter(activity_records::organisation_id.eq(organisation))
                .filter(activity_records::subject_id.eq(id))
                .order((activity_records::occurred_at, activity_records::id))
                .select((activity_records::action, activity_records::changes, activity_records::result))
                .load(conn)?)
        })
        .await
}

/// The actions of the records alone.
async fn actions(portal: &Portal, organisation: &OrganisationId, id: &SubscriptionId) -> Vec<String> {
    log(portal, organisation, id).await.into_iter().map(|(action, _, _)| action).collect()
}

/// Quantity and version as they are kept.
async fn kept(portal: &Portal, id: &SubscriptionId) -> (i64, i32) {
    let id = *id;
    let row = (subscriptions::quantity, subscriptions::version);
    portal.query(move |conn| Ok(subscriptions::table.find(id).select(row).first(conn)?)).await
}

/// Puts a subscription into a status behind the portal's back.
async fn is_now(portal: &Portal, id: &SubscriptionId, status: &'static str, kept_until: Option<NaiveDate>) {
    let id = *id;
    let update = move |conn: &mut twotier::db::Connection| {
        diesel::update(subscriptions::table.find(&id))
            .set((subscriptions::status.eq(status), subscriptions::kept_until.eq(kept_until)))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(update).await.expect("the status is set");
}

/// More subscriptions like one, in one transaction.
fn copies(
    conn: &mut twotier::db::Connection,
    customer: &twotier::values::id::CustomerId,
    like: &SubscriptionId,
    count: u32,
) -> twotier::error::Result<()> {
    use twotier::access::Reach;
    use twotier::subscriptions::{model::NewSubscription, store};
    use twotier::values::moment::Moment;
    let provider = subscriptions::table.find(like).select(subscriptions::provider_id).first(conn)?;
    let one = store::find(conn, &Reach::Provider(provider), like)?;
    for number in 1..=count {
        let new = NewSubscription {
            id: SubscriptionId::new(),
            customer: *customer,
            provider: one.provider,
            order: one.order,
            offer: one.offer,
            offer_name: format!("Basic {number:04}"),
            unit: one.unit,
            quantity: one.quantity,
            billing: one.billing,
            currency: one.unit_price.currency,
            unit_price_minor: one.unit_price.minor,
            is_trial: false,
            parent: None,
            incentives: None,
            starts_on: one.starts_on,
            renews_on: one.renews_on,
        };
        store::add(conn, &new, Moment::now())?;
    }
    Ok(())
}
