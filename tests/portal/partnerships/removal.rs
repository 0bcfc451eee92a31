//! Remove partnership: what goes, and what stays.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::partnerships::directory;

use super::{OLGA, asked, brightwater_opens, draft, link_in, owner};
use crate::support::portal::Portal;

#[actix_web::test]
async fn removing_leaves_customers_and_delegations_as_they_are() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    for name in ["Fabrikam", "Contoso"] {
        let customer = portal.has_customer(name).await;
        portal.has_delegation(&customer, &brightwater).await;
    }
    let mut olga = owner(&portal, &brightwater).await;
    olga.visit("/providers").await;
    olga.sees_row(&["Harbor Distribution", "2"]);
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/resellers").await;
    assert_eq!(ada.cell("Brightwater IT", "Customers"), "2");
    ada.follow("Remove partnership").await;
    ada.sees_heading("Remove the partnership with Brightwater IT?")
        .sees("2 customers")
        .sees("0 subscriptions");
    ada.sees("Its people are told by mail, and its Activity log says so.");
    ada.press("Yes, remove partnership").await;
    ada.sees("The partnership with Brightwater IT is removed").sees("No indirect reseller yet");
    olga.visit("/providers").await;
    olga.sees("No indirect provider yet");
    olga.visit("/customers").await;
    olga.sees("Fabrikam").sees("Contoso");
    let left = "SELECT count(*) FROM delegations WHERE ended_at IS NULL";
    assert_eq!(portal.database.number(left), 2);
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 2);
    assert_eq!(portal.carry_mail().await, 1, "the reseller is told");
    let (harbor, reseller) = (portal.harbor.id, brightwater.id);
    let partner = portal.query(move |conn| directory::find_partner(conn, &harbor, &reseller)).await;
    assert_eq!(partner, None, "it cannot be chosen for anything new");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'remove_partner_relationship'";
    assert_eq!(portal.database.number(records), 2);
    let removal = format!("/resellers/{}/removal", brightwater.id);
    ada.visit(&removal).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    ada.post(&removal, &[]).await;
    ada.sees("had been removed already");
}

#[actix_web::test]
async fn after_a_removal_a_new_request_makes_a_new_partnership() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/resellers").await;
    ada.follow("Remove partnership").await;
    ada.press("Yes, remove partnership").await;
    draft(&mut ada, OLGA).await;
    ada.press("Send").await;
    portal.carry_mail().await;
    let mut olga = owner(&portal, &brightwater).await;
    olga.visit(&link_in(&portal.letter_to(OLGA))).await;
    olga.check("I have read what accepting means, and I consent to it for Brightwater IT.");
    olga.press("Authorize indirect provider").await;
    olga.sees_row(&["Harbor Distribution", "4810233"]);
    portal.carry_mail().await;
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 2);
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships WHERE state = 'active'"), 1);
}

#[actix_web::test]
async fn removing_at_once_removes_once() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut adas = Vec::new();
    for _ in 0..3 {
        let mut ada = portal.browser_of(Role::GlobalAdmin).await;
        ada.visit(&format!("/resellers/{}/removal", brightwater.id)).await;
        adas.push(ada);
    }
    join_all(adas.iter_mut().map(|ada| ada.press("Yes, remove partnership"))).await;
    assert!(adas.iter().all(|ada| ada.status() == StatusCode::OK));
    let records = "SELECT count(*) FROM activity_records WHERE action = 'remove_partner_relationship'";
    assert_eq!(portal.database.number(records), 2);
}

#[actix_web::test]
async fn a_removed_reseller_is_gone_from_its_accepted_request_only_in_the_list() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let mut olga = brightwater_opens(&portal, &link).await;
    olga.check("I have read what accepting means, and I consent to it for Brightwater IT.");
    olga.press("Authorize indirect provider").await;
    portal.carry_mail().await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/resellers").await;
    ada.follow("Remove partnership").await;
    ada.press("Yes, remove partnership").await;
    sam.visit("/partnership-requests?state=accepted").await;
    sam.sees_row(&[OLGA, "Accepted"]);
}
