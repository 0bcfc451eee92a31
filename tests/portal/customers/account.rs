//! A customer's account: what it shows, a new password for the admin user.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::people;
use twotier::values::id::CustomerId;
use twotier::values::password::{PasswordHash, Turns};

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
    helen.sees("cora@customer.example").sees("Accepted").sees_link("Relationships");
    helen
        .sees("The admin user who came with this customer is not there, or was deleted.")
        .sees_no_link("Reset password");
    assert_eq!(helen.href("Orders of this customer"), format!("/customers/{alder}/orders"));
    portal.has_no_agreement(&alder).await;
    helen.reload().await;
    helen.sees("Until then nothing can be ordered for it.");
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
