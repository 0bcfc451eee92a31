//! Who is told of the answer, and letters that fail.

use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::Connection;
use twotier::db::schema::{letters, people};

use super::{ADA, accept, asked, count};
use crate::support::portal::Portal;

/// Nobody of any organisation is active any more.
async fn everybody_left(portal: &Portal) {
    let leave = |conn: &mut Connection| {
        Ok(diesel::update(people::table).set(people::state.eq("inactive")).execute(conn)?)
    };
    portal.db.write(leave).await.unwrap();
}

#[actix_web::test]
async fn a_refusal_is_told_with_its_reason_and_the_customer_can_be_asked_again() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    let mut form = ada.within("Reason");
    form.fill("First name", "Ada").fill("Last name", "Finch").fill("Reason", "We buy elsewhere.");
    drop(form);
    ada.press("Decline").await;
    ada.sees_heading("The customer agreement was declined").sees("Ada Finch declined");
    portal.carry_mail().await;
    let told = portal.letters().pop().expect("a letter");
    assert_eq!(told.subject, "Juniper Hall declined the customer agreement");
    assert!(told.body_text.contains("We buy elsewhere."), "{}", told.body_text);
    sam.reload().await;
    sam.sees("Ada Finch declined").sees("The reason given: We buy elsewhere.");
    sam.follow("See the request").await;
    sam.sees("Letter about the answer").sees("Sent");
    sam.press("Ask again").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    accept(&portal, &super::link_in(&portal.letter_to(ADA))).await;
    assert_eq!((count(&portal, "declined"), count(&portal, "accepted")), (1, 1));
    sam.visit("/activity").await;
    sam.sees_row(&["Decline the customer agreement"]);
}

#[actix_web::test]
async fn a_colleague_is_told_when_whoever_asked_is_gone() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    everybody_left(&portal).await;
    let helen = portal.add_person(&portal.harbor, &[Role::HelpdeskAgent]).await;
    let anna = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees("Asked by Sam sales_agent").sees(&anna).sees_not("sales_agent@");
    accept(&portal, &link).await.sees(&anna);
    portal.carry_mail().await;
    let told = portal.letter_to(&anna);
    assert!(
        told.body_text.contains("who asked ada@juniper.example, can no longer act on it"),
        "{}",
        told.body_text
    );
    assert!(portal.letters().iter().all(|letter| letter.to_email.as_str() != helen));
}

#[actix_web::test]
async fn an_acceptance_holds_though_nobody_is_left_to_be_told() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    everybody_left(&portal).await;
    accept(&portal, &link).await.sees_heading("The customer agreement is accepted");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn a_letter_that_failed_is_sent_again_as_long_as_its_link_holds() {
    let portal = Portal::open().await;
    let mut sam = super::drafted(&portal).await;
    sam.press("Send").await;
    let fail = |conn: &mut Connection| {
        let failed = (letters::state.eq("failed"), letters::last_error.eq(Some("550 no such user")));
        Ok(diesel::update(letters::table).set(failed).execute(conn)?)
    };
    portal.db.write(fail).await.unwrap();
    sam.follow("Resend or revoke the request").await;
    sam.sees("550 no such user");
    sam.press("Send again").await;
    sam.sees("The letter is on its way again.");
    assert_eq!(portal.carry_mail().await, 1);
    accept(&portal, &super::link_in(&portal.letter_to(ADA))).await;
    // Not for another request, nor for what has been answered.
    let id = portal.database.texts("SELECT id AS text FROM letters ORDER BY created_at").remove(0);
    let place = sam.path().to_owned();
    sam.post(&format!("{place}/letters/{id}/delivery"), &[]).await;
    sam.sees("The letter was not sent again");
    sam.post(&format!("/agreement-requests/{id}/letters/{id}/delivery"), &[]).await;
    assert_eq!(sam.status(), 404);
}
