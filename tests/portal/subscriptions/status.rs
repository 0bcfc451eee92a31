//! Suspending and reactivating.

use actix_web::http::StatusCode;
use chrono::Days;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::subscriptions;
use twotier::values::id::SubscriptionId;
use twotier::values::moment::{Moment, days_after};

use super::{actions, contoso_has_basic, is_now, page};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn suspending_asks_first_and_says_what_happens() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_has_basic(&portal).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    let over = portal.has_subscription(&contoso, PlainSubscription::add_on("Old minutes", &id)).await;
    is_now(&portal, &over, "deleted", None).await;
    let renewal = renews_on(&portal, &id).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.follow("Suspend").await;
    sam.sees_heading("Suspend Business Basic?").sees("25 licenses of Contoso");
    let last = days_after(Moment::now().day(), 90).format("%-d %b %Y").to_string();
    sam.sees("Users can no longer sign in").sees(&format!("The data is kept for 90 days, until {last}."));
    sam.sees("Call minutes").sees_not("Old minutes").sees("The renewal date does not move");
    assert_eq!(status(&portal, &id).await, "active", "asking changes nothing");
    sam.press("Suspend subscription").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Reason", "Choose the reason.");
    sam.choose("Reason", "Non-payment").press("Suspend subscription").await;
    sam.sees("The subscription is suspended.").sees("Suspended").sees("Non-payment");
    sam.sees(&format!("Unless it is reactivated, its data is deleted after {last}."));
    sam.sees_row(&["Call minutes", "Suspended"]).sees_row(&["Old minutes", "Deleted"]);
    assert_eq!(renews_on(&portal, &id).await, renewal);
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, ["suspend_subscription"]);
    assert_eq!(actions(&portal, &portal.harbor.id, &add_on).await, ["suspend_subscription"]);
    assert!(actions(&portal, &portal.harbor.id, &over).await.is_empty());
    // Its question is answered: it leads back to the subscription.
    sam.visit(&format!("{}/suspension", page(&id))).await;
    assert_eq!(sam.path(), page(&id));
}

#[actix_web::test]
async fn what_hangs_on_an_add_on_is_suspended_with_it() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let suite = portal.has_subscription(&contoso, PlainSubscription::new("Enterprise E3")).await;
    let phone = portal.has_subscription(&contoso, PlainSubscription::add_on("Phone system", &suite)).await;
    let plan = portal.has_subscription(&contoso, PlainSubscription::add_on("Calling plan", &phone)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("{}/suspension", page(&suite))).await;
    sam.sees("Phone system").sees("Calling plan");
    sam.choose("Reason", "Non-payment").press("Suspend subscription").await;
    sam.sees_row(&["Phone system", "Suspended"]).sees_row(&["Calling plan", "Suspended"]);
    for id in [&suite, &phone, &plan] {
        assert_eq!(status(&portal, id).await, "suspended");
    }
    assert_eq!(actions(&portal, &portal.harbor.id, &plan).await, ["suspend_subscription"]);
}

#[actix_web::test]
async fn a_suspended_subscription_comes_back_as_it_was_and_its_add_ons_one_by_one() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_has_basic(&portal).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    let renewal = renews_on(&portal, &id).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("{}/suspension", page(&id))).await;
    sam.choose("Reason", "Customer request").press("Suspend subscription").await;
    sam.visit(&page(&add_on)).await;
    sam.sees("The subscription that this add-on belongs to is not active. Reactivate that one first.");
    sam.sees_no_button("Reactivate");
    sam.post(&format!("{}/reactivation", page(&add_on)), &[("version", "2")]).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("This was not done.");
    sam.visit(&page(&id)).await;
    sam.sees("Its add-ons stay suspended until each of them is reactivated.");
    sam.press("Reactivate").await;
    sam.sees("The subscription is active again.").sees_not("Data is kept until");
    assert_eq!(status(&portal, &add_on).await, "suspended");
    assert_eq!(renews_on(&portal, &id).await, renewal);
    sam.follow("Call minutes").await;
    sam.press("Reactivate").await;
    sam.sees("The subscription is active again.");
    assert_eq!(status(&portal, &add_on).await, "active");
    let done = actions(&portal, &portal.harbor.id, &id).await;
    assert_eq!(done, ["suspend_subscription", "reactivate_subscription"]);
}

#[actix_web::test]
async fn after_ninety_days_it_is_deleted_and_cannot_come_back() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let last_day = portal.has_subscription(&contoso, PlainSubscription::new("Last day")).await;
    let too_late = portal.has_subscription(&contoso, PlainSubscription::new("Too late")).await;
    let today = Moment::now().day();
    is_now(&portal, &last_day, "suspended", Some(today)).await;
    is_now(&portal, &too_late, "suspended", Some(today - Days::new(1))).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&too_late)).await;
    sam.sees("Deleted").sees("It is deleted and its data is gone").sees_no_button("Reactivate");
    sam.sees_no_button("Change nickname").sees_no_button("Submit support contact");
    sam.sees_no_link("Update Reseller (MPN ID)");
    assert_eq!(sam.text().matches("its data is gone").count(), 1, "said once");
    sam.post(&format!("{}/reactivation", page(&too_late)), &[("version", "1")]).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(status(&portal, &too_late).await, "suspended", "nothing was written");
    sam.visit(&page(&last_day)).await;
    sam.press("Reactivate").await;
    sam.sees("The subscription is active again.");
}

async fn status(portal: &Portal, id: &SubscriptionId) -> String {
    let id = *id;
    portal
        .query(move |conn| Ok(subscriptions::table.find(id).select(subscriptions::status).first(conn)?))
        .await
}

async fn renews_on(portal: &Portal, id: &SubscriptionId) -> chrono::NaiveDate {
    let id = *id;
    portal
        .query(move |conn| Ok(subscriptions::table.find(id).select(subscriptions::renews_on).first(conn)?))
        .await
}
