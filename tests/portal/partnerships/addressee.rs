//! Links that were passed on: both sides see it, and a provider may demand the addressee.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{OLGA, asked, brightwater_opens, draft, drafted, expire_all, link_in, owner};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const ACCEPT: &str = "Authorize indirect provider";
const CONSENT: &str = "I have read what accepting means, and I consent to it for Brightwater IT.";
const ONLY: &str = "Only the addressee may accept";

/// A request that only Olga may accept; the link is out.
async fn demanded(portal: &Portal) -> (Browser, String) {
    let mut sam = drafted(portal).await;
    sam.check(ONLY).press("Send").await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(OLGA));
    (sam, link)
}

/// The code out of the latest letter to Olga.
async fn code(portal: &Portal, browser: &mut Browser) -> String {
    browser.press("Mail a code").await;
    browser.sees("A code is on its way to olga@brightwater.example.");
    portal.carry_mail().await;
    let letter = portal.letter_to(OLGA);
    let is_code = |line: &&str| line.len() == 9 && line.get(4..5) == Some("-");
    letter.body_text.lines().find(is_code).expect("a code").to_owned()
}

#[actix_web::test]
async fn whoever_uses_a_link_that_was_sent_to_somebody_else_reads_so_and_both_sides_see_it() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    other
        .sees("sent to olga@brightwater.example")
        .sees("This request was sent to olga@brightwater.example, and");
    other.check(CONSENT).press(ACCEPT).await;
    other.sees("is now your indirect provider");
    portal.carry_mail().await;
    let letter = portal.letters().pop().expect("a letter");
    for body in [&letter.body_text, &letter.body_html] {
        assert!(
            body.contains("The request was sent to olga@brightwater.example; it was accepted by somebody")
        );
    }
    sam.visit("/partnership-requests").await;
    sam.sees_row(&[OLGA, "Accepted by Brightwater IT (not the addressee)"]);
    sam.follow(OLGA).await;
    sam.sees("It was not the addressee who answered.").sees("Whoever has the link");
    for browser in [&mut sam, &mut other] {
        browser.visit("/activity").await;
        browser.sees_row(&["Sent to", OLGA]).sees_row(&["Answered by somebody else, with", "admin_agent."]);
    }
    other.visit("/providers").await;
    other.sees("Request to olga@brightwater.example, accepted by Sam admin_agent");
    sam.visit("/resellers").await;
    sam.sees("Sam admin_agent (not the addressee of the request, olga@brightwater.example)");
}

#[actix_web::test]
async fn the_addressee_answers_without_any_of_that() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let email = portal.add_person(&brightwater, &[Role::AdminAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    draft(&mut sam, &email.to_uppercase()).await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let mut olga = portal.signed_in(&email).await;
    olga.visit(&link_in(&portal.letter_to(&email))).await;
    olga.sees_not("This request was sent to");
    olga.check(CONSENT).press(ACCEPT).await;
    portal.carry_mail().await;
    assert!(!portal.letters().pop().expect("a letter").body_text.contains("somebody else"));
    sam.reload().await;
    sam.sees("accepted.").sees_not("not the addressee");
    sam.visit("/activity").await;
    sam.sees_not("Answered by somebody else");
}

#[actix_web::test]
async fn declining_by_somebody_else_is_told_too() {
    let portal = Portal::open().await;
    let (mut sam, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    other.fill("Reason", "No, thank you.").press("Decline").await;
    other.sees("You declined.");
    portal.carry_mail().await;
    let letter = portal.letters().pop().expect("a letter");
    assert!(letter.body_text.contains("it was declined by somebody else"), "{}", letter.body_text);
    sam.reload().await;
    sam.sees("It was not the addressee who answered.").sees_not("with the code that was mailed");
}

#[actix_web::test]
async fn where_the_addressee_is_demanded_it_takes_the_code_from_that_mailbox() {
    let portal = Portal::open().await;
    let (mut sam, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    other.sees("To accept it takes a code from that mailbox.");
    other.check(CONSENT).press(ACCEPT).await;
    other.sees_problem("Code", "Enter the code.");
    other.fill("Code", "AAAA-AAAA").press(ACCEPT).await;
    other.sees_problem("Code", "No code works at the moment");
    let right = code(&portal, &mut other).await;
    let letter = portal.letter_to(OLGA);
    assert!(letter.body_text.contains("Brightwater IT") && letter.body_html.contains(&right));
    let like = format!("'%{right}%'");
    let kept = format!("SELECT count(*) FROM letters WHERE body_text LIKE {like} OR subject LIKE {like}");
    assert_eq!(portal.database.number(&kept), 0, "kept nowhere once it is sent");
    other.check(CONSENT).fill("Code", "AAAA-AAAA").press(ACCEPT).await;
    other.sees_problem("Code", "This is not right. Try again.");
    assert_eq!((other.field("Code").as_str(), other.field(CONSENT).as_str()), ("AAAA-AAAA", "on"));
    other.fill("Code", &right.to_lowercase().replace('-', " ")).press(ACCEPT).await;
    other.sees("is now your indirect provider");
    portal.carry_mail().await;
    sam.reload().await;
    sam.sees("with the code that was mailed to olga@brightwater.example").sees("Only the addressee");
    assert_eq!(portal.database.number("SELECT count(*) FROM addressee_codes"), 0);
    let failed = "SELECT count(*) FROM activity_records WHERE result = 'failed'";
    assert_eq!(portal.database.number(failed), 1, "the wrong one");
}

#[actix_web::test]
async fn looking_at_a_request_mails_no_code() {
    let portal = Portal::open().await;
    let (_, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    other.visit(&link).await;
    assert_eq!(portal.carry_mail().await, 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM addressee_codes"), 0);
    // Where nobody demands it there is none to ask for.
    let (_, free) = asked(&portal).await;
    other.visit(&free).await;
    other.sees_no_button("Mail a code");
    let path = free.trim_start_matches(crate::support::portal::ORIGIN).to_owned();
    other.post(&format!("{path}/code"), &[]).await;
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn a_new_code_kills_the_old_one_and_another_organisations_code_is_worth_nothing() {
    let portal = Portal::open().await;
    let (_, link) = demanded(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_reseller("Alder IT", "DE", "5550004").await;
    let (mut one, mut two) = (owner(&portal, &brightwater).await, owner(&portal, &alder).await);
    one.visit(&link).await;
    two.visit(&link).await;
    let old = code(&portal, &mut one).await;
    let foreign = code(&portal, &mut two).await;
    let new = code(&portal, &mut one).await;
    for wrong in [&old, &foreign] {
        one.check(CONSENT).fill("Code", wrong).press(ACCEPT).await;
        one.sees_problem("Code", "This is not right.");
    }
    one.fill("Code", &new).press(ACCEPT).await;
    one.sees("is now your indirect provider");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_code_that_is_tried_too_often_or_too_late_is_dead_however_many_try_at_once() {
    let portal = Portal::open().await;
    let (_, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    let right = code(&portal, &mut other).await;
    let mut tabs: Vec<_> = (0..8).map(|_| other.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&link).await;
        tab.check(CONSENT).fill("Code", "AAAA-AAAA");
    }
    join_all(tabs.iter_mut().map(|tab| tab.press(ACCEPT))).await;
    let wrong = tabs.iter().filter(|tab| tab.text().contains("This is not right.")).count();
    assert_eq!(wrong, 5, "so many tries has a code");
    other.check(CONSENT).fill("Code", &right).press(ACCEPT).await;
    other.sees_problem("Code", "No code works at the moment");
    let late = code(&portal, &mut other).await;
    portal.query(|conn| outdate_codes(conn, Moment::now())).await;
    other.check(CONSENT).fill("Code", &late).press(ACCEPT).await;
    other.sees_problem("Code", "No code works at the moment");
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 0);
}

#[actix_web::test]
async fn the_right_code_in_several_tabs_makes_one_partnership() {
    let portal = Portal::open().await;
    let (_, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    let right = code(&portal, &mut other).await;
    let mut tabs: Vec<_> = (0..4).map(|_| other.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&link).await;
        tab.check(CONSENT).fill("Code", &right);
    }
    join_all(tabs.iter_mut().map(|tab| tab.press(ACCEPT))).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships"), 1);
    assert_eq!(portal.carry_mail().await, 1, "one answer");
}

#[actix_web::test]
async fn codes_are_mailed_seldom_and_for_open_requests_only() {
    let portal = Portal::open().await;
    let (_, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    for _ in 0..3 {
        code(&portal, &mut other).await;
    }
    other.press("Mail a code").await;
    assert_eq!(other.status(), StatusCode::TOO_MANY_REQUESTS);
    other.sees("This was asked for several times.");
    assert_eq!(portal.carry_mail().await, 0);
    expire_all(&portal).await;
    other.press("Mail a code").await;
    other.sees_heading("This link has expired");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn a_new_link_of_a_request_needs_a_new_code() {
    let portal = Portal::open().await;
    let (mut sam, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    code(&portal, &mut other).await;
    sam.press("Resend").await;
    assert_eq!(sam.field(ONLY), "on", "what was demanded stays");
    assert_eq!(portal.database.number("SELECT count(*) FROM addressee_codes"), 0);
}

#[actix_web::test]
async fn a_code_that_nobody_typed_is_forgotten_with_a_letter_that_never_left() {
    let portal = Portal::open().await;
    let (_, link) = demanded(&portal).await;
    let mut other = brightwater_opens(&portal, &link).await;
    other.press("Mail a code").await;
    let kept = "SELECT count(*) FROM addressee_codes";
    let waiting =
        "SELECT count(*) FROM letters WHERE subject_kind = 'partnership_code' AND state = 'waiting'";
    portal.does("forget_addressee_codes", Moment::now()).await;
    assert_eq!((portal.database.number(kept), portal.database.number(waiting)), (1, 1));
    portal.does("forget_addressee_codes", Moment::now().plus_days(1)).await;
    assert_eq!((portal.database.number(kept), portal.database.number(waiting)), (0, 0));
}

fn outdate_codes(conn: &mut twotier::db::Connection, now: Moment) -> twotier::error::Result<()> {
    use diesel::prelude::*;
    use twotier::db::schema::addressee_codes;
    diesel::update(addressee_codes::table).set(addressee_codes::expires_at.eq(now)).execute(conn)?;
    Ok(())
}
