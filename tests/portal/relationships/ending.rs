//! What a reseller may do for a customer ends: at once, for good, and once.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::subscriptions;

use super::{Scene, hidden};
use crate::support::bought::PlainSubscription;

#[actix_web::test]
async fn an_ended_delegation_ends_on_the_next_request_and_both_logs_tell() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, alder, .. } = &scene;
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), brightwater.id)),
        ..PlainSubscription::new("Business Basic")
    };
    let basic = portal.has_subscription(alder, named).await;
    let support = (basic, brightwater.id);
    portal
        .query(move |conn| {
            let subscription = subscriptions::table.find(support.0);
            diesel::update(subscription)
                .set(subscriptions::support_organisation_id.eq(support.1))
                .execute(conn)?;
            Ok(())
        })
        .await;
    let mut olga = portal.browser_in(brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&scene.ledger()).await;
    olga.sees_row(&["Brightwater IT", "Active"]).sees("of other resellers you learn nothing");
    olga.sees_no_link("Change or remove Brightwater IT");

    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.ledger()).await;
    ada.follow("Change or remove Brightwater IT").await;
    ada.choose("Indirect reseller", "No reseller").press("See the consequences").await;
    ada.sees_heading("End what Brightwater IT may do for Alder?");
    // What names the reseller stays its own to manage and to support.
    ada.sees("Brightwater IT stays the reseller (MPN ID) of 1 subscription")
        .sees_not("instead of Brightwater IT");
    // Looking has ended nothing.
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::OK);
    let mut second_tab = ada.duplicate();
    ada.press("End delegation").await;
    ada.sees("Brightwater IT no longer administers this customer.");
    ada.sees_row(&["Brightwater IT", "Ended"]).sees_no_link("Change or remove Brightwater IT");

    for path in [
        scene.ledger(),
        format!("/customers/{alder}/account"),
        format!("/customers/{alder}/subscriptions"),
        format!("/customers/{alder}/admin-password"),
    ] {
        olga.visit(&path).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{path}");
    }
    olga.visit(&format!("/subscriptions/{basic}")).await;
    olga.sees("You manage this subscription, because it names you").sees_no_link("Alder");
    olga.visit("/customers").await;
    olga.sees_heading("No customers yet");
    olga.visit("/customers/export").await;
    assert_eq!(olga.download().text().lines().count(), 1);

    second_tab.press("End delegation").await;
    second_tab.sees("That had been done already.");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'end_delegation'";
    assert_eq!(portal.database.number(records), 2);
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 1);
    }
    ada.visit(&scene.change()).await;
    ada.sees("Brightwater IT no longer administers this customer, so there is nobody to take the place of.");
}

#[actix_web::test]
async fn only_the_customers_own_provider_ends_a_delegation() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let birch = portal.has_customer("Birch").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    let kept = ["delegation", "plan", "mark"].map(|name| (name, hidden(&ada, name)));
    let mut fields: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend([("step", "do"), ("reseller", "none")]);
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    stranger.post(&scene.change(), &fields).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.post(&scene.change(), &fields).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    for wrong in [
        format!("/customers/{birch}/relationships/{}/change", scene.delegation),
        format!("{}/1/change", scene.ledger()),
    ] {
        ada.post(&wrong, &fields).await;
        assert_eq!(ada.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(scene.lasting(), 1);
}

#[actix_web::test]
async fn a_suspended_provider_ends_and_lets_nobody_in() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    let mut other_tab = ada.duplicate();
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    // Refused before anything more is typed.
    other_tab.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").press("See the consequences").await;
    assert_eq!(other_tab.status(), StatusCode::FORBIDDEN);
    assert_eq!(scene.lasting(), 1);
    ada.choose("Indirect reseller", "No reseller").press("See the consequences").await;
    ada.press("End delegation").await;
    ada.sees("Brightwater IT no longer administers this customer.");
    assert_eq!(scene.lasting(), 0);
}
