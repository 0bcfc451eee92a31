//! The customer agreement: read and accepted without a mailed link.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::support::portal::Portal;

#[actix_web::test]
async fn what_is_awaited_is_accepted_here_and_then_stands_as_the_customers_own_deed() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.follow("Customer agreement").await;
    cora.sees("Awaited").sees("The text is not published on this portal");
    assert_eq!(cora.field("First name"), "Cora");
    cora.press("Accept the customer agreement").await;
    assert_eq!(cora.status(), StatusCode::UNPROCESSABLE_ENTITY);
    cora.sees("Tick this to go on.");
    let mut again = cora.duplicate();
    for browser in [&mut cora, &mut again] {
        browser.check("I have read the customer agreement that Harbor Distribution gave me, and accept it for Juniper Hall.");
    }
    cora.press("Accept the customer agreement").await;
    cora.sees("The customer agreement is accepted.").sees("Accepted by your company itself on");
    cora.sees_no_button("Accept the customer agreement");
    again.press("Accept the customer agreement").await;
    again.sees("The customer agreement had been accepted already.");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'accept_customer_agreement'";
    assert_eq!(portal.database.number(records), 2, "in the log of the provider, and in the customer's own");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/account")).await;
    sam.sees("Accepted by the customer itself on").sees("Cora Customer");
}

#[actix_web::test]
async fn a_link_that_is_open_is_answered_by_it_and_whoever_asked_is_told() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/account")).await;
    sam.press("Ask the customer to accept the customer agreement").await;
    sam.press("Send").await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.follow("Customer agreement").await;
    cora.check("I have read the customer agreement that Harbor Distribution gave me, and accept it for Juniper Hall.");
    cora.press("Accept the customer agreement").await;
    cora.sees("The customer agreement is accepted.");
    portal.carry_mail().await;
    let sams =
        portal.database.texts("SELECT email AS text FROM people WHERE name = 'Sam sales_agent'").remove(0);
    let letter = portal.letter_to(&sams);
    assert!(letter.subject.contains("accepted"), "{}", letter.subject);
    assert_eq!(portal.database.number("SELECT count(*) FROM agreement_requests WHERE state = 'accepted'"), 1);
}
