//! How the portal stands with its mail server, as the operator and whoever sent a letter see it; and test letters.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::operator;
use crate::support::browser::Browser;
use crate::support::portal::{Portal, transport_to};
use crate::support::smtp::{Manner, SmtpServer};

/// A portal with a mail server of its own.
async fn open() -> (Portal, SmtpServer) {
    let (mut portal, server) = (Portal::open().await, SmtpServer::start().await);
    portal.parts.transport = transport_to(&server.url());
    portal.restart().await;
    (portal, server)
}

/// Somebody of Harbor who has just asked a reseller, on the page of the request.
async fn asked(portal: &Portal, email: &str) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", email).press("Save text").await;
    sam.press("Send").await;
    sam
}

#[actix_web::test]
async fn after_the_first_failed_try_both_see_why_and_when_it_is_tried_again() {
    let (portal, server) = open().await;
    let mut sam = asked(&portal, "olga@brightwater.example").await;
    sam.sees("Waiting").sees_no_button("Try now");
    server.always(Manner::Answer("MAIL", b"550 5.7.1 Absender \xFCberpr\xFCfen\r\n"));
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    sam.reload().await;
    sam.sees("Delayed").sees("1 try.").sees("takes no letters from this portal’s address");
    sam.sees("Whoever runs this portal sees that").sees("550 5.7.1 Absender").sees("Next try: ");

    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator").await;
    robin.sees("No letter has left since").sees("takes no letters from this portal’s address");
    robin.follow("See which wait, and for what").await;
    robin.sees_heading("Waiting letters").sees("No letter has left since");
    robin.sees_row(&["olga@brightwater.example", "Harbor Distribution", "(1 try)"]);

    server.always(Manner::Accept);
    robin.press("Try now to olga@brightwater.example").await;
    robin.sees("The letter is on its way again.").sees_row(&["olga@brightwater.example", "At any moment"]);
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    robin.reload().await;
    robin.sees("No letter waits").sees_not("No letter has left since");
    sam.reload().await;
    sam.sees("Sent");
}

#[actix_web::test]
async fn whoever_sent_a_letter_can_have_it_tried_now() {
    let (portal, server) = open().await;
    let mut sam = asked(&portal, "olga@brightwater.example").await;
    server.once(Manner::Answer("RCPT", b"450 4.2.0 greylisted\r\n"));
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    sam.reload().await;
    sam.sees("Delayed").sees("does not take this letter yet").sees_not("Whoever runs this portal sees that");
    sam.press("Try now").await;
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    sam.reload().await;
    sam.sees("Sent").sees_no_button("Try now");
}

#[actix_web::test]
async fn the_operator_is_told_once_and_not_for_each_letter() {
    let (portal, server) = open().await;
    for domain in ["brightwater", "newleaf", "summit"] {
        asked(&portal, &format!("olga@{domain}.example")).await;
    }
    server.always(Manner::Closed);
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/letters").await;
    assert_eq!(robin.text().matches("No letter has left since").count(), 1);
    robin.sees("does not let this portal in").sees("1 try, the last one").sees("No letter has failed");
}

#[actix_web::test]
async fn a_test_letter_says_what_became_of_it() {
    let (portal, server) = open().await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator").await;
    robin.follow("Send a test letter").await;
    robin.fill("Email address", "nobody").press("Send the test letter").await;
    assert_eq!(robin.status(), StatusCode::UNPROCESSABLE_ENTITY);
    robin.sees("There is no @ in it.");
    robin.fill("Email address", "robin@portal.example").press("Send the test letter").await;
    robin.sees("The mail server has taken the letter to robin@portal.example.");
    let mails = server.received(1).await;
    assert_eq!(mails[0].subject, "A test letter from Twotier");

    server.once(Manner::Answer("RCPT", b"550 5.1.1 Bo\xEEte inconnue\r\n"));
    robin.press("Send the test letter").await;
    robin.sees("did not leave").sees("refuses the addressee").sees("550 5.1.1 Bo");
    robin.visit("/activity").await;
    robin.sees_row(&["Send a test letter robin@portal.example"]);
}

#[actix_web::test]
async fn a_test_letter_to_nowhere_says_so_and_the_next_one_lets_all_others_follow() {
    let (portal, mut server) = open().await;
    asked(&portal, "olga@brightwater.example").await;
    server.close().await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/letters/test").await;
    robin.press("Send the test letter").await;
    robin.sees("The mail server cannot be reached.");
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    server.open().await;
    robin.press("Send the test letter").await;
    robin.sees("has taken the letter");
    // The other letter is due half a minute after its first try, and leaves now.
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    assert_eq!(server.received(2).await.len(), 2);
    robin.visit("/operator").await;
    robin.sees_not("No letter has left since");
}

#[actix_web::test]
async fn test_letters_are_few() {
    let portal = Portal::open().await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/letters/test").await;
    for _ in 0..10 {
        robin.press("Send the test letter").await;
        robin.sees("has taken the letter");
    }
    robin.press("Send the test letter").await;
    assert_eq!(robin.status(), StatusCode::TOO_MANY_REQUESTS);
    robin.sees("No letter was sent.");
    assert_eq!(portal.letters().len(), 10);
}

#[actix_web::test]
async fn only_the_operator_sends_test_letters() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.post("/operator/letters/test", &[("email", "olga@brightwater.example")]).await;
    assert!(gina.status().is_client_error());
    assert_eq!(portal.letters().len(), 0);
}
