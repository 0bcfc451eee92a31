//! The letter of a request: copied, edited in two tabs, and sent again when it failed.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{ADA, asked, drafted, expire_all, link_in};
use crate::support::portal::Portal;

#[actix_web::test]
async fn copying_keeps_the_draft_first_and_says_how_to_copy_without_scripts() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customer-requests/new").await;
    sam.fill("Company’s email address", ADA).press("Copy to clipboard").await;
    sam.sees("press Ctrl+A and Ctrl+C to copy it.");
    let text = sam.field("Message");
    let link = text.lines().find(|line| line.contains("/customer-invitations/")).expect("a link");
    let mut ada = portal.browser();
    ada.visit(link.trim()).await;
    assert_eq!(ada.status(), StatusCode::OK, "the link works from then on");
    sam.press("Done").await;
    sam.sees_row(&[ADA, "Open", "Not sent from here"]);
}

#[actix_web::test]
async fn two_tabs_that_edit_the_text_lose_neither() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    // Only who drafted it has the link, in all tabs.
    let mut tab = sam.duplicate();
    tab.visit(sam.path()).await;
    let text = sam.field("Message");
    sam.fill("Message", &format!("First.\n{text}")).press("Save text").await;
    tab.fill("Message", &format!("Second.\n{text}")).press("Send").await;
    assert_eq!(tab.status(), StatusCode::CONFLICT);
    tab.sees("Somebody changed this text while you were editing it").sees("First.");
    assert!(tab.field("Message").starts_with("Second."));
    assert_eq!(portal.carry_mail().await, 0);
    tab.press("Send").await;
    portal.carry_mail().await;
    assert!(portal.letter_to(ADA).body_text.starts_with("Second."));
}

#[actix_web::test]
async fn a_letter_that_failed_is_sent_again_once_as_long_as_its_link_lives() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    sam.press("Send").await;
    portal.fails_letters();
    sam.reload().await;
    sam.sees("Failed").sees("550 no such mailbox");
    let mut twice = sam.duplicate();
    sam.press("Send again").await;
    sam.sees("The letter is on its way again");
    assert_eq!(portal.carry_mail().await, 1);
    let link = link_in(&portal.letter_to(ADA));
    twice.press("Send again").await;
    twice.sees("The letter was not sent again");
    assert_eq!(portal.carry_mail().await, 0);
    let mut ada = portal.browser();
    ada.visit(&link).await;
    assert_eq!(ada.status(), StatusCode::OK);
}

#[actix_web::test]
async fn a_letter_with_a_dead_link_is_not_sent_again() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    sam.press("Send").await;
    portal.fails_letters();
    sam.reload().await;
    expire_all(&portal).await;
    sam.press("Send again").await;
    sam.sees("The letter was not sent again");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn somebody_elses_letter_does_not_exist() {
    let portal = Portal::open().await;
    let (alma, _) = asked(&portal).await;
    portal.fails_letters();
    let letter = portal.database.texts("SELECT id AS text FROM letters").remove(0);
    let path = format!("{}/letters/{letter}/delivery", alma.path());
    let summit = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Summit", "DE").await;
    let mut other = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    other.stay().post(&path, &[]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    assert_eq!(portal.carry_mail().await, 0);
}
