//! The draft: what it asks for, who may ask for how much, and its letter.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{ADA, ADMINISTRATION, asked, count, drafted, link_in};
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_provider_asks_a_company_from_its_customers_and_follows_the_request() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.follow("Request a reseller relationship").await;
    sam.sees_heading("Request a reseller relationship");
    assert_eq!(count(&portal, "open"), 0, "looking makes nothing");
    sam.fill("Company’s email address", ADA).fill("Name of the addressee", "Ada Finch").press("Send").await;
    sam.sees("The request is on its way to ada@juniper.example.");
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letter_to(ADA);
    assert!(
        letter.body_text.contains("Harbor Distribution would like to order and bill cloud subscriptions")
    );
    sam.visit("/customer-requests").await;
    sam.sees("1 request, newest first").sees("Ada Finch").sees_row(&[ADA, "Open", "Not included", "Sent"]);
    portal.database.change("UPDATE customer_requests SET expires_at = '2999-12-24 12:00:00'");
    sam.reload().await;
    sam.sees_row(&[ADA, "Open until 24 Dec 2999"]);
    sam.visit("/activity").await;
    sam.sees_row(&["Request a reseller relationship"])
        .sees_row(&["Delegated administration privileges", "No"]);
    let mut ada = portal.browser();
    ada.visit(&link_in(&letter)).await;
    ada.sees_heading("Harbor Distribution asks to work for your company")
        .sees("No administration is delegated:");
}

#[actix_web::test]
async fn delegated_administration_is_asked_for_by_those_who_administer() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    alma.visit("/customer-requests").await;
    alma.sees_row(&[ADA, "Included"]);
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees("Administration is delegated:");
    // A Sales agent drafts without, and cannot resend what asks for more.
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customer-requests/new").await;
    sam.sees("an Admin agent or a Global admin can ask for them").sees_not(ADMINISTRATION);
    sam.visit("/customer-requests").await;
    sam.follow(ADA).await;
    sam.sees_no_button("Resend").sees("An Admin agent or a Global admin can resend it.");
    let place = sam.path().to_owned();
    sam.stay().post(&format!("{place}/link"), &[]).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    ada.reload().await;
    assert_eq!(ada.status(), StatusCode::OK, "the link lives on");
}

#[actix_web::test]
async fn nobody_asks_for_more_than_they_may_by_a_forged_form() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    let (place, text, subject) = (sam.path().to_owned(), sam.field("Message"), sam.field("Subject"));
    let forged = [
        ("email", ADA),
        ("administration", "yes"),
        ("subject", &subject),
        ("text", &text),
        ("language", "en"),
        ("version", "1"),
    ];
    sam.stay().post(&format!("{place}/text"), &forged).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    let asking = "SELECT count(*) FROM customer_requests WHERE includes_administration";
    assert_eq!(portal.database.number(asking), 0);
}

#[actix_web::test]
async fn people_send_it_themselves_too() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customer-requests/new").await;
    sam.fill("Company’s email address", ADA).press("Open in email").await;
    sam.sees("its link works from now on");
    assert!(sam.href("Open saved text in email").starts_with("mailto:ada@juniper.example?"));
    let link = sam.field("Message");
    let link = link.lines().find(|line| line.contains("/customer-invitations/")).expect("a link").to_owned();
    let mut ada = portal.browser();
    ada.visit(&link).await;
    assert_eq!(ada.status(), StatusCode::OK);
    sam.press("Done").await;
    sam.sees("listed here until it is answered").sees_row(&[ADA, "Not sent from here"]);
    assert_eq!(portal.carry_mail().await, 0);
    sam.follow(ADA).await;
    sam.sees("The link is not kept.");
}

#[actix_web::test]
async fn what_is_wrong_is_told_at_its_field_and_everything_typed_stays() {
    let portal = Portal::open().await;
    let mut alma = portal.browser_of(Role::AdminAgent).await;
    alma.visit("/customer-requests/new").await;
    alma.check(ADMINISTRATION)
        .fill("Name of the addressee", "Ada")
        .fill("Message", "Hello")
        .press("Send")
        .await;
    assert_eq!(alma.status(), StatusCode::UNPROCESSABLE_ENTITY);
    alma.sees_problem("Company’s email address", "Enter the company’s email address.");
    alma.sees_problem("Message", "The personal link is missing from the text.");
    assert_eq!(
        (alma.field("Name of the addressee").as_str(), alma.field(ADMINISTRATION).as_str()),
        ("Ada", "on")
    );
    assert_eq!(count(&portal, "open"), 0);
}

#[actix_web::test]
async fn a_second_request_to_the_same_address_is_pointed_out_first() {
    let portal = Portal::open().await;
    asked(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customer-requests/new").await;
    sam.fill("Company’s email address", ADA).press("Send").await;
    sam.sees("Nothing was sent yet.").sees("There is another open request to this address.");
    assert_eq!(portal.carry_mail().await, 0);
    sam.press("Send").await;
    sam.sees("The request is on its way");
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn the_letter_begins_again_in_another_language() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    sam.press("繁體中文").await;
    assert!(
        sam.field("Message").contains("/customer-invitations/") && !sam.field("Message").contains("Hello")
    );
    sam.press("Send").await;
    portal.carry_mail().await;
    let kept = "SELECT count(*) FROM customer_requests WHERE language = 'zh-Hant' AND sent_at IS NOT NULL";
    assert_eq!(portal.database.number(kept), 1);
}

#[actix_web::test]
async fn sending_twice_at_once_sends_one_letter() {
    let portal = Portal::open().await;
    let sam = drafted(&portal, Role::SalesAgent).await;
    let path = sam.path().to_owned();
    let mut tabs: Vec<_> = (0..3).map(|_| sam.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&path).await;
    }
    futures_util::future::join_all(tabs.iter_mut().map(|tab| tab.press("Send"))).await;
    assert_eq!(portal.carry_mail().await, 1);
}
