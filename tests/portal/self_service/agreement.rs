//! The customer agreement: read and accepted without a mailed link.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use crate::support::fixtures::publish_in;
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

#[actix_web::test]
async fn the_text_that_was_read_stays_readable_in_its_language_for_both_sides() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    publish_in(&mut robin, ("", "en"), "You use the cloud.").await;
    publish_in(&mut robin, ("", "zh-Hant"), "您使用雲端。").await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.follow("Customer agreement").await;
    cora.sees("You use the cloud.");
    // She sends the text that her colleague reads beside her.
    let text = portal.database.texts("SELECT id AS text FROM customer_agreements WHERE language = 'zh-Hant'");
    let fields =
        [("agreement", text[0].as_str()), ("first_name", "Wen"), ("last_name", "Li"), ("consent", "yes")];
    let page = cora.path().to_owned();
    cora.post(&page, &fields).await;
    // What was published since changes nothing of what was read, in either language.
    for (language, words) in [("en", "You use more of the cloud."), ("zh-Hant", "您使用更多雲端。")] {
        publish_in(&mut robin, ("", language), words).await;
    }
    cora.follow("Customer agreement").await;
    cora.sees("您使用雲端。").sees_not("You use");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/account")).await;
    sam.sees_row(&["Wen Li", "By the customer itself: version 1"]);
    sam.follow("version 1").await;
    sam.sees("As Juniper Hall accepted it").sees("您使用雲端。").sees_not("更多");
    // What it never accepted is not among them, nor is what another customer did.
    let other = portal.database.texts("SELECT id AS text FROM customer_agreements WHERE language = 'en'");
    sam.visit(&format!("/customers/{juniper}/agreement/{}", other[0])).await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    let alder = portal.has_customer("Alder").await;
    sam.visit(&format!("/customers/{alder}/agreement/{}", text[0])).await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    // A reseller reads it of the customer that it administers, and of no other.
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    let version = format!("/customers/{juniper}/agreement/{}", text[0]);
    olga.visit(&version).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    portal.has_delegation(&juniper, &brightwater).await;
    portal.has_delegation(&alder, &brightwater).await;
    olga.visit(&format!("/customers/{juniper}/account")).await;
    olga.sees_row(&["Wen Li", "By the customer itself: version 1"]);
    olga.follow("version 1").await;
    assert_eq!(olga.path(), version);
    olga.sees("As Juniper Hall accepted it").sees("您使用雲端。");
    olga.visit(&format!("/customers/{alder}/agreement/{}", text[0])).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
}
