//! Subscriptions: the list and the export, a subscription's page, and every change with its rules.

mod adding;
mod billing;
mod changes;
mod conversion;
mod early;
mod list;
mod named;
mod partners;
mod planned;
mod quantity;
mod races;
mod renewals;
mod reach;
mod status;
mod terms;
mod undo;
mod years;

use chrono::NaiveDate;
use diesel::prelude::*;
use twotier::db::schema::{activity_records, subscriptions};
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, OrganisationId, SubscriptionId};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
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

/// Contoso, a customer of Harbor's that bought Business Basic.
async fn contoso_has_basic(portal: &Portal) -> (CustomerId, SubscriptionId) {
    let contoso = portal.has_customer("Contoso").await;
    let id = portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
    (contoso, id)
}

/// The same, and Brightwater IT administers it.
async fn brightwater_administers_contoso(portal: &Portal) -> (Organisation, CustomerId, SubscriptionId) {
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (contoso, id) = contoso_has_basic(portal).await;
    portal.has_delegation(&contoso, &brightwater).await;
    (brightwater, contoso, id)
}

/// Somebody on a subscription's page changes its quantity, and says yes to what that costs.
async fn changes_quantity(browser: &mut Browser, quantity: &str) {
    browser.fill("Quantity", quantity).press("Change quantity").await;
    browser.press("Change quantity").await;
}

/// Somebody on a subscription's page does all that its partners may do with it: 30 licenses, another nickname,
/// suspended and active again.
async fn changes_everything(browser: &mut Browser) {
    changes_quantity(browser, "30").await;
    browser.sees("The quantity is changed.");
    browser.fill("Nickname", "Front desk").press("Change nickname").await;
    browser.sees_heading("Front desk");
    browser.follow("Suspend").await;
    browser.choose("Reason", "Customer request").press("Suspend subscription").await;
    browser.press("Reactivate").await;
    browser.sees("The subscription is active again.");
}

/// What logs say after [`changes_everything`].
const EVERYTHING: [&str; 4] =
    ["update_subscription", "update_subscription", "suspend_subscription", "reactivate_subscription"];

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
    customer: &CustomerId,
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
            incentives: one.incentives.clone(),
            starts_on: one.starts_on,
            renews_on: one.renews_on,
            term_months: one.term_months,
        };
        store::add(conn, &new, Moment::now())?;
    }
    Ok(())
}
