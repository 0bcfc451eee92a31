//! A customer that is there already is asked from its account, or while something is chosen for it.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{accept, count, drafted, link_in, only_draft};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

const CORA: &str = "cora@customer.example";

#[actix_web::test]
async fn a_customer_is_asked_from_its_account_and_its_order_goes_on() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/subscriptions/new")).await;
    sam.sees_link("Record the acceptance").sees_button("Ask the customer");
    sam.fill("Licenses of Business Basic", "5").press("Next: Review").await;
    let review = sam.path().to_owned();
    sam.visit(&format!("/customers/{juniper}/account")).await;
    sam.sees("Nobody was asked so far.");
    sam.press("Ask the customer to accept the customer agreement").await;
    sam.press("Send").await;
    assert_eq!(sam.path(), format!("/customers/{juniper}/account"));
    sam.sees("asked cora@customer.example on")
        .sees_no_button("Ask the customer to accept the customer agreement");
    sam.sees_link("Record acceptance of the customer agreement");
    portal.carry_mail().await;
    accept(&portal, &link_in(&portal.letter_to(CORA))).await;
    sam.reload().await;
    sam.sees("Accepted by the customer itself on").sees("Ada Finch").sees(CORA);
    sam.visit(&review).await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    portal.carry_mail().await;
    let told = portal.letters().pop().expect("a letter");
    assert!(told.body_text.contains("/agreement-requests/"), "{}", told.body_text);
    sam.visit(&format!("/activity?customer={juniper}")).await;
    sam.sees_row(&["Juniper Hall", "Accept the customer agreement"]);
}

#[actix_web::test]
async fn nobody_overwrites_what_the_customer_itself_accepted() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/agreement")).await;
    let mut other = sam.clone_session();
    other.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    other.press("Send").await;
    portal.carry_mail().await;
    accept(&portal, &link_in(&portal.letter_to(CORA))).await;
    sam.fill("Agreement acceptance date", "2026-01-31").press("Save and continue").await;
    sam.sees("Nothing was changed").sees("Accepted by the customer itself on").sees("Ada Finch");
    other.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    other.sees("The customer agreement is accepted already.");
    assert_eq!(count(&portal, "accepted"), 1);
}

#[actix_web::test]
async fn nobody_is_asked_any_more_once_an_acceptance_is_recorded() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/account")).await;
    sam.press("Ask the customer to accept the customer agreement").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(CORA));
    sam.follow("Record acceptance of the customer agreement").await;
    sam.fill("Agreement acceptance date", "1999-12-31").press("Save and continue").await;
    sam.sees_problem("Agreement acceptance date", "Enter a day of 2000 or later.");
    sam.fill("Agreement acceptance date", "2026-01-31").press("Save and continue").await;
    sam.sees("Accepted by");
    let mut cora = portal.browser();
    cora.visit(&link).await;
    cora.sees_heading("This request was withdrawn").sees_no_button("Accept the customer agreement");
    assert_eq!((count(&portal, "open"), count(&portal, "revoked")), (0, 1));
    sam.visit("/activity").await;
    sam.sees_row(&["Revoke a request for the customer agreement"]);
}

#[actix_web::test]
async fn the_link_stays_good_when_the_customer_is_added_meanwhile() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    sam.press("Send").await;
    sam.press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    sam.follow("Done").await;
    sam.follow("Account").await;
    sam.sees("asked ada@juniper.example on");
    sam.follow("Resend or revoke the request").await;
    sam.sees_link("Go to the account");
    portal.carry_mail().await;
    accept(&portal, &link_in(&portal.letter_to(super::ADA))).await;
    sam.follow("Go to the account").await;
    sam.sees("Accepted by the customer itself on");
    // The draft that it was leads there, too.
    let draft = only_draft(&portal).await;
    sam.post(&format!("/drafts/{draft}/agreement-request"), &[]).await;
    sam.sees("The customer agreement is accepted already.");
}

#[actix_web::test]
async fn only_the_provider_asks_its_customers() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_delegation(&juniper, &brightwater).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{juniper}/account")).await;
    olga.sees("Awaited").sees_no_button("Ask the customer to accept the customer agreement");
    olga.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    assert_eq!(olga.status(), StatusCode::FORBIDDEN);
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    stranger.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{juniper}/account")).await;
    helen.sees("Awaited").sees_no_button("Ask the customer to accept the customer agreement");
    // A suspended provider starts nothing new, but sees how it stands.
    portal.has_suspended(&portal.harbor, "Overdue.").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    assert_eq!(portal.database.number("SELECT count(*) FROM agreement_requests"), 0);
}
