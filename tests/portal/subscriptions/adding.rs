//! Add-ons are bought from the page of what they are added to.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::catalog::model::Billing;
use twotier::db::schema::subscriptions;
use twotier::values::id::{CustomerId, OfferId, SubscriptionId};
use twotier::values::moment::{Moment, days_after};

use super::{is_now, page};
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

/// Contoso has Enterprise E3 twice, the second billed annually; Phone goes with it, Calls with Phone.
async fn contoso_has_two(portal: &Portal) -> (CustomerId, SubscriptionId, SubscriptionId) {
    let contoso = portal.has_customer("Contoso").await;
    let first = portal.has_subscription(&contoso, PlainSubscription::new("Enterprise E3")).await;
    let annual =
        PlainSubscription { billing: Billing::Annual, ..PlainSubscription::new("Enterprise E3 too") };
    let second = portal.has_subscription(&contoso, annual).await;
    let offer = portal.offer_of(&first).await;
    portal.database.change(&format!("UPDATE subscriptions SET offer_id = '{offer}' WHERE id = '{second}'"));
    let day = days_after(Moment::now().day(), 100);
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}' WHERE id = '{second}'"));
    let add_on = |name: &str, needs: OfferId| PlainOffer {
        is_add_on: true,
        needs: vec![needs],
        ..PlainOffer::new(name, 700)
    };
    let phone = portal.has_offer(add_on("Phone", offer)).await;
    portal.has_offer(add_on("Calls", phone)).await;
    portal.has_offer(PlainOffer::new("Visio", 1_500)).await;
    (contoso, first, second)
}

#[actix_web::test]
async fn what_is_bought_belongs_to_the_subscription_from_whose_page_it_was_bought() {
    let portal = Portal::open().await;
    let (_, _, second) = contoso_has_two(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&second)).await;
    sam.follow("Buy add-ons").await;
    sam.sees_heading("New subscription").sees("Add-ons of Enterprise E3 too. They renew together with it");
    sam.sees_row(&["Phone"]).sees_no_row(&["Visio"]).sees_no_row(&["Calls"]);
    sam.fill("Licenses of Phone", "5").press("Update total").await;
    // What can be added to the add-on, too.
    sam.sees_row(&["Phone"]).sees_row(&["Calls"]).sees_no_row(&["Visio"]);
    sam.press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees_row(&["Phone", "Annual"]);
    let bought = portal
        .query(|conn| {
            let row = (subscriptions::parent_id, subscriptions::billing, subscriptions::renews_on);
            let phone = subscriptions::table.filter(subscriptions::offer_name.eq("Phone"));
            let bought: (Option<SubscriptionId>, String, chrono::NaiveDate) =
                phone.select(row).first(conn)?;
            Ok(bought)
        })
        .await;
    assert_eq!(bought, (Some(second), "annual".to_owned(), days_after(Moment::now().day(), 100)));
    sam.visit(&page(&second)).await;
    sam.sees_row(&["Phone", "5 licenses"]);
}

#[actix_web::test]
async fn nothing_is_added_to_what_rests_or_has_nothing_to_add() {
    let portal = Portal::open().await;
    let (contoso, first, _) = contoso_has_two(&portal).await;
    let visio = portal.has_subscription(&contoso, PlainSubscription::new("Drawings")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&visio)).await;
    sam.sees_no_link("Buy add-ons");
    let buy = |base: &SubscriptionId| format!("/customers/{contoso}/subscriptions/new?base={base}");
    sam.visit(&buy(&visio)).await;
    sam.sees("No add-ons to choose");
    is_now(&portal, &first, "suspended", None).await;
    sam.visit(&page(&first)).await;
    sam.sees("Add-ons can be bought while this subscription is active.").sees_no_link("Buy add-ons");
    let mut helga = portal.browser_of(Role::HelpdeskAgent).await;
    helga.visit(&page(&visio)).await;
    helga.sees_no_link("Buy add-ons");
}

#[actix_web::test]
async fn what_cannot_be_billed_like_the_base_is_added_to_no_other_one_instead() {
    let portal = Portal::open().await;
    let (contoso, _, second) = contoso_has_two(&portal).await;
    portal.database.change("UPDATE offers SET billed_annually = FALSE WHERE name = 'Phone'");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions/new?base={second}")).await;
    sam.fill("Licenses of Phone", "5").press("Next: Review").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("This add-on needs an active subscription that it can be added to");
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM subscriptions"), 2);
}

#[actix_web::test]
async fn somebody_elses_subscription_is_no_base() {
    let portal = Portal::open().await;
    let (contoso, first, _) = contoso_has_two(&portal).await;
    let fabrikam = portal.has_customer("Fabrikam").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{fabrikam}/subscriptions/new?base={first}")).await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    let other = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = portal.browser_in(&other, &[Role::AdminAgent]).await;
    eve.visit(&format!("/customers/{contoso}/subscriptions/new?base={first}")).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
}
