//! A customer's account: what it shows, ending a delegation, a new password for the admin user.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{people, subscriptions};
use twotier::values::id::CustomerId;
use twotier::values::password::{PasswordHash, Turns};

use crate::support::bought::PlainSubscription;
use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn the_account_shows_what_is_kept_of_the_customer() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}/account")).await;
    for text in
        ["Alder", alder.as_str(), "alder.onmicrosoft.com", "Kaistr. 1", "20457", "Germany", "Cora Customer"]
    {
        helen.sees(text);
    }
    helen.sees("cora@customer.example").sees("Accepted").sees("No reseller administers this customer.");
    helen.sees("This customer has no admin user.").sees_no_link("Reset password");
    assert_eq!(helen.href("Orders of this customer"), format!("/customers/{alder}/orders"));
    portal.has_no_agreement(&alder).await;
    helen.reload().await;
    helen.sees("Until then nothing can be ordered for it.");
}

#[actix_web::test]
async fn an_ended_delegation_ends_on_the_next_request_and_both_logs_tell() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &reseller).await;
    let basic = portal.has_subscription(
        &alder,
        PlainSubscription {
            incentives: Some(("4810233".to_owned(), reseller.id)),
            ..PlainSubscription::new("Business Basic")
        },
    );
    let basic = basic.await;
    let support = (basic, reseller.id);
    portal
        .query(move |conn| {
            let subscription = subscriptions::table.find(support.0);
            diesel::update(subscription)
                .set(subscriptions::support_organisation_id.eq(support.1))
                .execute(conn)?;
            Ok(())
        })
        .await;
    let mut olga = portal.browser_in(&reseller, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    olga.sees("You administer this customer since")
        .sees("Harbor Distribution")
        .sees_no_link("End delegation");

    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.sees_row(&["Brightwater IT", "Active"]);
    ada.follow("End delegation of Brightwater IT").await;
    ada.sees_heading("End what Brightwater IT may do for Alder?").sees("1 subscription");
    // What names the reseller stays its own to manage and to support.
    ada.sees("Brightwater IT stays the reseller (MPN ID) of 1 subscription");
    // Looking has ended nothing.
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::OK);
    let mut second_tab = ada.clone_session();
    second_tab.visit(ada.path()).await;
    ada.press("End delegation").await;
    ada.sees("Brightwater IT no longer administers this customer.");
    ada.sees_row(&["Brightwater IT", "Ended"]).sees_no_link("End delegation of Brightwater IT");

    for path in [
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
    second_tab.sees("What Brightwater IT may do for this customer had been ended already.");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'end_delegation'";
    assert_eq!(portal.database.number(records), 2);
    for organisation in [&portal.harbor.id, &reseller.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 1);
    }
}

#[actix_web::test]
async fn a_delegation_is_ended_once_however_many_press_at_once() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    let delegation = portal.has_delegation(&alder, &reseller).await;
    let path = format!("/customers/{alder}/delegations/{delegation}/end");
    let mut browsers = Vec::new();
    for _ in 0..4 {
        browsers.push(portal.browser_of(Role::AdminAgent).await);
    }
    join_all(browsers.iter_mut().map(|browser| browser.post(&path, &[]))).await;
    assert!(browsers.iter().all(|browser| browser.status() == StatusCode::OK));
    let records = "SELECT count(*) FROM activity_records WHERE action = 'end_delegation'";
    assert_eq!(portal.database.number(records), 2);
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&path).await;
    ada.sees_heading("The delegation has ended");
    ada.follow("Back to the account").await;
}

#[actix_web::test]
async fn only_the_customers_own_provider_ends_a_delegation() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (alder, birch) = (portal.has_customer("Alder").await, portal.has_customer("Birch").await);
    let delegation = portal.has_delegation(&alder, &reseller).await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let path = format!("/customers/{alder}/delegations/{delegation}/end");
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    stranger.post(&path, &[]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    sam.post(&path, &[]).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    for wrong in [
        format!("/customers/{birch}/delegations/{delegation}/end"),
        format!("/customers/{alder}/delegations/1/end"),
    ] {
        ada.post(&wrong, &[]).await;
        assert_eq!(ada.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ended_at IS NULL"), 1);
}

#[actix_web::test]
async fn a_new_admin_password_is_shown_once_and_only_its_hash_is_kept() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &reseller).await;
    portal.has_admin(&alder).await;
    let mut olga = portal.browser_in(&reseller, &[Role::HelpdeskAgent]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    olga.sees("admin@alder.onmicrosoft.com");
    olga.follow("Reset password").await;
    olga.sees_heading("Reset the password of admin@alder.onmicrosoft.com?");
    assert!(is_password(&portal, &alder, PASSWORD).await);
    olga.press("Reset password").await;
    olga.sees_heading("New temporary password for Alder").sees("The password is shown this once");
    assert_eq!(olga.header("cache-control"), Some("private, no-store"));
    let shown = olga.html().split("id=\"password\">").nth(1).and_then(|rest| rest.split('<').next());
    let shown = shown.expect("a password").to_owned();
    assert!(is_password(&portal, &alder, &shown).await);
    olga.reload().await;
    olga.sees_not(&shown).sees_heading("Reset the password of admin@alder.onmicrosoft.com?");
    olga.press("Reset password").await;
    olga.sees_not(&shown);
    olga.follow("Done").await;
    olga.sees_heading("Alder").sees_not(&shown);
    assert!(!is_password(&portal, &alder, &shown).await);
    // In the reseller's log, and in that of the provider, whose customer it is.
    let records = "SELECT count(*) FROM activity_records WHERE action = 'reset_customer_user_password'";
    for organisation in [&portal.harbor.id, &reseller.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 2);
    }
    assert_eq!(portal.database.number(&format!("{records} AND changes LIKE '%{shown}%'")), 0);
}

#[actix_web::test]
async fn of_many_who_reset_a_password_at_once_one_does_and_is_shown_the_right_one() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_admin(&alder).await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        let mut browser = portal.browser_of(Role::AdminAgent).await;
        browser.visit(&format!("/customers/{alder}/admin-password")).await;
        browsers.push(browser);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Reset password"))).await;
    let (winners, others): (Vec<_>, Vec<_>) =
        browsers.iter().partition(|browser| browser.status() == StatusCode::OK);
    assert_eq!(winners.len(), 1);
    let shown = winners[0].html().split("id=\"password\">").nth(1).and_then(|rest| rest.split('<').next());
    assert!(is_password(&portal, &alder, shown.expect("a password")).await);
    for other in others {
        assert_eq!(other.status(), StatusCode::CONFLICT);
        other.sees_heading("The password of admin@alder.onmicrosoft.com has just been reset");
    }
}

#[actix_web::test]
async fn a_password_is_reset_within_reach_only() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let path = format!("/customers/{alder}/admin-password");
    // A customer without an admin user has nothing to reset.
    ada.post(&path, &[]).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    portal.has_admin(&alder).await;
    stranger.post(&path, &[]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    assert!(is_password(&portal, &alder, PASSWORD).await);
}

async fn is_password(portal: &Portal, customer: &CustomerId, typed: &str) -> bool {
    stored(portal, customer).await.matches(typed, &Turns::default().take_now().unwrap())
}

async fn stored(portal: &Portal, customer: &CustomerId) -> PasswordHash {
    let company = customer.company();
    let hash = people::table.filter(people::organisation_id.eq(company)).select(people::password_hash);
    portal.query(move |conn| Ok(hash.first(conn)?)).await
}
