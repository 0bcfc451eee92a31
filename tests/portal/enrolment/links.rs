//! Several links to one enrolment: anybody can ask for one, and none takes anything from who holds another.

use actix_web::http::StatusCode;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::db::schema::enrolments;

use super::{ADA, ask, begun, fill, handed_in_and_opened, hands_in, link_in, linked, open, opens};
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_earlier_link_holds_until_a_newer_one_is_used() {
    let (portal, _operator) = open().await;
    let (mut ada, old) = begun(&portal, "reseller").await;
    ada.fill("Company name", "Acme IT");
    let between = linked(&portal, "reseller", ADA).await;
    let new = linked(&portal, "reseller", ADA).await;
    let mut elsewhere = portal.browser();
    // Looking uses no link.
    for link in [&between, &new] {
        elsewhere.visit(link).await;
        elsewhere.sees_heading("Go on with your enrollment");
    }
    ada.press("Save and leave").await;
    ada.sees("What you typed is saved");
    elsewhere.follow("Go on").await;
    assert_eq!(elsewhere.field("Company name"), "Acme IT");
    elsewhere.press("Save and leave").await;
    for gone in [&old, &between] {
        ada.visit(gone).await;
        assert_eq!(ada.status(), StatusCode::NOT_FOUND);
        ada.sees_heading("This link is not known");
    }
    ada.visit(&new).await;
    ada.sees("Acme IT");
}

#[actix_web::test]
async fn as_a_provider_it_is_another_enrolment() {
    let (portal, _operator) = open().await;
    for kind in ["reseller", "provider"] {
        linked(&portal, kind, ADA).await;
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments"), 2);
}

#[actix_web::test]
async fn a_newer_link_outlives_the_use_of_one_before_it() {
    let (portal, _operator) = open().await;
    let first = linked(&portal, "reseller", ADA).await;
    let second = linked(&portal, "reseller", ADA).await;
    let third = linked(&portal, "reseller", ADA).await;
    let mut ada = portal.browser();
    ada.visit(&second).await;
    ada.press("Go on").await;
    ada.visit(&first).await;
    ada.sees_heading("This link is not known");
    ada.visit(&third).await;
    ada.sees_heading("Go on with your enrollment");
}

#[actix_web::test]
async fn asking_twice_at_once_begins_one_enrolment() {
    let (portal, _operator) = open().await;
    let mut tabs = [portal.browser(), portal.browser(), portal.browser()];
    join_all(tabs.iter_mut().map(|tab| ask(tab, "reseller", ADA))).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments"), 1);
    assert_eq!(portal.carry_mail().await, 3);
    let mut ada = portal.browser();
    for letter in portal.letters() {
        ada.visit(&link_in(&letter)).await;
        ada.sees_heading("Prove your email address");
    }
}

#[actix_web::test]
async fn the_letter_of_a_refusal_leads_on_whatever_strangers_ask_for() {
    let (portal, mut operator, _) = handed_in_and_opened().await;
    operator.fill("Reason", "Write it out.").press("Refuse").await;
    asks_with(&portal, "Eve", &way('E')).await;
    assert_eq!(portal.carry_mail().await, 2, "the refusal and the link");
    assert!(
        portal.letters().iter().any(|letter| letter.subject == "See how your enrollment at Twotier stands")
    );
    let refusal = portal.letters().into_iter().find(|letter| letter.subject.contains("was not approved"));
    let mut ada = portal.browser();
    ada.visit(&link_in(&refusal.expect("a refusal"))).await;
    ada.follow("Mend it").await;
    hands_in(&mut ada).await;
    ada.sees_heading("Your enrollment waits for a decision");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn name_and_way_back_are_those_of_the_letter_that_is_followed() {
    let (portal, _operator) = open().await;
    asks_with(&portal, "Eve Adder", &way('E')).await;
    portal.carry_mail().await;
    let hers = portal.letter_to(ADA);
    asks_with(&portal, "Ada Finch", "").await;
    portal.carry_mail().await;
    let mut ada = portal.browser();
    ada.visit(&link_in(&hers)).await;
    ada.sees("It was asked for from a partnership request.");
    ada.visit(&link_in(&portal.letter_to(ADA))).await;
    ada.sees_not("It was asked for from a partnership request.");
    ada.press("Go on").await;
    assert_eq!(ada.field("Your name"), "Ada Finch");
    assert_eq!(with_way_back(&portal), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE person_name = 'Ada Finch'"), 1);
}

#[actix_web::test]
async fn nobody_gives_an_enrolment_another_way_back_once_it_is_proven() {
    let (portal, mut operator) = open().await;
    asks_with(&portal, "Ada Finch", &way('A')).await;
    portal.carry_mail().await;
    let mut ada = portal.browser();
    ada.visit(&link_in(&portal.letter_to(ADA))).await;
    ada.press("Go on").await;
    let hers = sealed(&portal).await;
    assert!(hers.is_some());
    // Proven.
    asks_with(&portal, "Eve", &way('E')).await;
    portal.carry_mail().await;
    ada.visit(&link_in(&portal.letter_to(ADA))).await;
    ada.follow("Go on").await;
    fill(&mut ada, "Acme IT", "4810299").await;
    ada.press("Next: Review").await;
    assert_eq!(sealed(&portal).await, hers);
    ada.press("Hand in").await;
    // Waiting.
    asks_with(&portal, "Eve", &way('E')).await;
    assert_eq!(sealed(&portal).await, hers);
    opens(&mut operator, "Acme IT").await;
    operator.fill("Reason", "Write it out.").press("Refuse").await;
    // Refused; so many letters need some hours.
    portal.query(|conn| Ok(conn.batch_execute("DELETE FROM sign_in_throttles")?)).await;
    asks_with(&portal, "Eve", &way('E')).await;
    portal.carry_mail().await;
    let mended = portal.letters().into_iter().find(|letter| letter.subject.contains("was not approved"));
    ada.visit(&link_in(&mended.expect("a refusal"))).await;
    ada.follow("Mend it").await;
    hands_in(&mut ada).await;
    assert_eq!(sealed(&portal).await, hers);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn only_a_partnership_link_is_a_way_back() {
    let (portal, _operator) = open().await;
    let mut ada = portal.browser();
    for next in ["//evil.example", "/customers", "/partnerships/x", "https://evil.example/partnerships/x"] {
        ada.visit(&format!("/enrol/reseller?next={next}")).await;
        ada.sees_not("you return to the partnership request");
    }
    ada.post("/enrol/reseller", &[("name", "Ada"), ("email", ADA), ("next", "//evil.example")]).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE sealed_next IS NOT NULL"), 0);
    let way = format!("/partnerships/{}", "A".repeat(43));
    ada.post("/enrol/reseller", &[("name", "Bo"), ("email", "bo@acme.example"), ("next", &way)]).await;
    let clear = "SELECT count(*) FROM enrolments WHERE sealed_next LIKE '%AAAA%'";
    assert_eq!(portal.database.number(clear), 0, "sealed, not in clear");
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE sealed_next IS NOT NULL"), 1);
    portal.carry_mail().await;
}

/// Somebody asks for a letter to Ada.
async fn asks_with(portal: &Portal, name: &str, next: &str) {
    let fields = [("name", name), ("email", ADA), ("next", next)];
    portal.browser().post("/enrol/reseller", &fields).await;
}

fn way(letter: char) -> String {
    format!("/partnerships/{}", letter.to_string().repeat(43))
}

fn with_way_back(portal: &Portal) -> i64 {
    portal.database.number("SELECT count(*) FROM enrolments WHERE sealed_next IS NOT NULL")
}

async fn sealed(portal: &Portal) -> Option<String> {
    portal.query(|conn| Ok(enrolments::table.select(enrolments::sealed_next).first(conn)?)).await
}
