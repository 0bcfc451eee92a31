//! The page behind the link: who asks, the proof by a mailed code, and declining.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{ADA, asked, code, count, proved};
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_link_proves_nothing_without_the_code_from_the_mailbox() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees("First, prove that you read ada@juniper.example");
    ada.press("Continue").await;
    ada.sees_problem("Code", "Enter the code.");
    ada.fill("Code", "AAAA-AAAA").press("Continue").await;
    ada.sees_problem("Code", "No code works at the moment");
    let right = code(&portal, &mut ada).await;
    ada.fill("Code", "AAAA-AAAA").press("Continue").await;
    ada.sees_problem("Code", "This is not right. Try again.");
    ada.fill("Code", &right.to_lowercase().replace('-', " ")).press("Continue").await;
    ada.sees("You have proved that you read ada@juniper.example");
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_request_codes"), 0);
    // Only this browser has proved it.
    let mut other = portal.browser();
    other.visit(&link).await;
    other.sees("First, prove that you read ada@juniper.example");
    other.fill("Code", &right).press("Continue").await;
    other.sees_problem("Code", "No code works at the moment");
}

#[actix_web::test]
async fn a_code_dies_of_wrong_tries_and_of_age_and_is_kept_nowhere() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    let right = code(&portal, &mut ada).await;
    let like = format!("'%{right}%'");
    let kept = format!("SELECT count(*) FROM letters WHERE body_text LIKE {like} OR subject LIKE {like}");
    assert_eq!(portal.database.number(&kept), 0, "kept nowhere once it is sent");
    for _ in 0..5 {
        ada.fill("Code", "AAAA-AAAA").press("Continue").await;
    }
    ada.fill("Code", &right).press("Continue").await;
    ada.sees_problem("Code", "No code works at the moment");
    ada.visit(&link).await;
    let second = code(&portal, &mut ada).await;
    portal.does("forget_customer_request_codes", Moment::now().plus_seconds(1_201)).await;
    ada.fill("Code", &second).press("Continue").await;
    ada.sees_problem("Code", "No code works at the moment");
}

#[actix_web::test]
async fn codes_cannot_fill_a_mailbox() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    for _ in 0..3 {
        ada.press("Mail a code").await;
    }
    ada.press("Mail a code").await;
    assert_eq!(ada.status(), StatusCode::TOO_MANY_REQUESTS);
    ada.sees("This was asked for several times.");
}

#[actix_web::test]
async fn a_new_link_takes_a_new_proof() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    alma.press("Resend").await;
    alma.press("Send").await;
    portal.carry_mail().await;
    ada.visit(&super::link_in(&portal.letter_to(ADA))).await;
    ada.sees("First, prove that you read ada@juniper.example");
}

#[actix_web::test]
async fn a_proof_is_for_the_mailbox_that_was_proved_and_for_no_other() {
    let portal = Portal::open().await;
    let mut sam = super::drafted(&portal, Role::SalesAgent).await;
    let text = sam.field("Message");
    let link = text.lines().find(|line| line.contains("/customer-invitations/")).expect("a link").to_owned();
    let mut ada = proved(&portal, &link).await;
    // It is not sent yet, so that whoever asks can still write to somebody else.
    sam.reload().await;
    sam.fill("Company’s email address", "cora@customer.example").press("Save text").await;
    sam.sees("The text is saved.");
    ada.reload().await;
    ada.sees("First, prove that you read cora@customer.example");
}

#[actix_web::test]
async fn declining_takes_a_reason_which_whoever_asked_reads() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.press("Decline").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Your name", "Enter").sees_problem("Reason", "Enter");
    ada.fill("Your name", "Ada Finch").fill("Reason", "We have a partner.").press("Decline").await;
    ada.sees_heading("This request was declined");
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letters().pop().expect("a letter");
    assert!(letter.body_text.contains("We have a partner.") && letter.subject.contains("Ada Finch declined"));
    alma.reload().await;
    alma.sees("Ada Finch declined.").sees("We have a partner.");
    alma.visit("/activity").await;
    alma.sees_row(&["Decline to become a customer", "Ada Finch"]);
    assert_eq!(count(&portal, "declined"), 1);
}

#[actix_web::test]
async fn of_declining_and_revoking_one_holds() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.fill("Your name", "Ada Finch").fill("Reason", "No.");
    alma.reload().await;
    alma.follow("Revoke").await;
    futures_util::future::join(ada.press("Decline"), alma.press("Revoke")).await;
    assert_eq!(count(&portal, "declined") + count(&portal, "revoked"), 1);
    let logged = "SELECT count(*) FROM activity_records WHERE action IN ('decline_customer_relationship', 'revoke_customer_relationship_request')";
    assert_eq!(portal.database.number(logged), 1);
}

#[actix_web::test]
async fn those_who_ask_pass_the_link_on() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&link).await;
    sam.sees("Only the company can answer: pass the link on.").sees_no_button("Mail a code");
}

#[actix_web::test]
async fn what_is_no_link_is_not_known() {
    let portal = Portal::open().await;
    let mut ada = portal.browser();
    for token in ["nonsense", "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYg1"] {
        ada.stay().visit(&format!("/customer-invitations/{token}")).await;
        assert_eq!(ada.status(), StatusCode::NOT_FOUND);
        for deed in ["code", "proof", "refusal"] {
            ada.stay().post(&format!("/customer-invitations/{token}/{deed}"), &[]).await;
            assert_eq!(ada.status(), StatusCode::NOT_FOUND, "{deed}");
        }
    }
}
