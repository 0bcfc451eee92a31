//! Several at once: one relationship, and a friendly answer for the others.

use futures_util::future::join_all;
use twotier::access::OrganisationKind;

use super::{accept_for, asked, count, is_contact, new_company, proved};
use crate::support::portal::Portal;

const ACCEPT: &str = "Accept and set up the account";

#[actix_web::test]
async fn accepting_in_two_tabs_makes_one_relationship() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let ada = new_company(&portal, &link).await;
    let mut tabs = [ada.duplicate(), ada];
    join_all(tabs.iter_mut().map(|tab| tab.press(ACCEPT))).await;
    for tab in &tabs {
        tab.sees_heading("This link has been used");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE kind = 'customer'"), 1);
    assert_eq!((count(&portal, "accepted"), portal.carry_mail().await), (1, 1));
}

#[actix_web::test]
async fn accepting_twice_for_a_known_company_makes_one_account() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let alder = portal.has_customer_of(&summit, "Alder").await;
    is_contact(&portal, &alder);
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    ada.fill("Primary domain name", "alder").press("Continue").await;
    let mut tabs = [ada.duplicate(), ada];
    join_all(tabs.iter_mut().map(|tab| accept_for(tab, "Alder"))).await;
    for tab in &tabs {
        tab.sees_heading("This link has been used");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 2);
}

#[actix_web::test]
async fn of_accepting_and_revoking_one_holds() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = new_company(&portal, &link).await;
    alma.reload().await;
    alma.follow("Revoke").await;
    futures_util::future::join(ada.press(ACCEPT), alma.press("Revoke")).await;
    assert_eq!(count(&portal, "accepted") + count(&portal, "revoked"), 1);
    let customers = portal.database.number("SELECT count(*) FROM customers");
    assert_eq!(customers, count(&portal, "accepted"));
}

#[actix_web::test]
async fn a_request_that_was_revoked_while_somebody_typed_opens_nothing() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = new_company(&portal, &link).await;
    alma.reload().await;
    alma.follow("Revoke").await;
    alma.press("Revoke").await;
    ada.press(ACCEPT).await;
    ada.sees_heading("This request was withdrawn");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 0);
}

#[actix_web::test]
async fn a_provider_that_is_suspended_meanwhile_gets_no_customer() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut ada = new_company(&portal, &link).await;
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    ada.press(ACCEPT).await;
    ada.sees("This cannot be accepted now");
    assert_eq!((count(&portal, "open"), portal.database.number("SELECT count(*) FROM customers")), (1, 0));
}
