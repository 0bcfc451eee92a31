//! Request a partnership: draft, edit, send, resend, revoke.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{letters, partnership_requests};

use super::{OLGA, asked, draft, drafted, expire_all, link_in};
use crate::support::portal::{ORIGIN, Portal};

#[actix_web::test]
async fn a_request_is_drafted_with_a_personal_link_and_sent() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.sees("No indirect reseller yet");
    sam.follow("Request a partnership").await;
    sam.sees_heading("Request a partnership").sees_button("Done");
    let text = sam.field("Message");
    let link =
        text.lines().find(|line| line.starts_with(&format!("{ORIGIN}/partnerships/"))).expect("a link");
    assert!(sam.html().contains("Copy to clipboard"), "without scripts, too");
    sam.fill("Reseller’s email address", " Olga@Brightwater.example ").press("Save text").await;
    let mailto = sam.href("Open saved text in email");
    assert!(
        mailto.starts_with("mailto:olga@brightwater.example?subject=Harbor%20Distribution%20"),
        "{mailto}"
    );
    let token = link.rsplit('/').next().expect("a token");
    assert!(mailto.contains("&body=Hello%2C%0D%0A") && mailto.contains(token), "{mailto}");
    sam.fill("Message", &format!("Dear Olga, <b>hello</b>\n\n{link}\n")).press("Send").await;
    sam.sees("The request is on its way to olga@brightwater.example").sees("Waiting").sees("Open");
    portal.carry_mail().await;
    let letter = portal.letter_to(OLGA);
    assert_eq!(link_in(&letter), link);
    assert!(letter.body_text.starts_with("Dear Olga, <b>hello</b>"), "{}", letter.body_text);
    assert!(
        letter.body_html.contains("&#60;b&#62;hello")
            && letter.body_html.contains(&format!("<a href=\"{link}\" style="))
    );
    assert!(letter.body_text.contains("(UTC)"), "says until when");
    assert!(letter.reply_to.is_some_and(|to| to.as_str().starts_with("sales_agent.")));
    sam.reload().await;
    sam.sees("Sent");
    sam.visit("/partnership-requests").await;
    sam.sees_row(&[OLGA, "Open", "Sam sales_agent", "Sent"]);
}

#[actix_web::test]
async fn no_table_ever_holds_the_link() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let text = sam.field("Message");
    let link = text.lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    let token = link.rsplit('/').next().expect("a token").to_owned();
    sam.fill("Subject", &format!("See {link}"))
        .fill("Message", &format!("{link}\nor http://x.example/{token}"));
    sam.press("Save text").await;
    sam.sees("The text is saved");
    assert!(sam.field("Message").starts_with(&link));
    let like = format!("'%{token}%'");
    let kept = format!(
        "SELECT count(*) FROM partnership_requests WHERE subject LIKE {like} OR body LIKE {like} OR token_hash LIKE {like}"
    );
    assert_eq!(portal.database.number(&kept), 0);
    let recorded = format!(
        "SELECT count(*) FROM activity_records WHERE changes LIKE {like} OR subject_name LIKE {like}"
    );
    sam.press("Send").await;
    portal.carry_mail().await;
    assert_eq!(portal.database.number(&kept) + portal.database.number(&recorded), 0);
    assert_eq!(
        portal.database.number(&format!("SELECT count(*) FROM letters WHERE body_text LIKE {like}")),
        0
    );
}

#[actix_web::test]
async fn a_text_that_lost_its_link_is_not_sent_and_says_why() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let link =
        sam.field("Message").lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    for text in
        ["Dear Olga, please accept.".to_owned(), link[..link.len() - 1].to_owned(), format!("{link}x")]
    {
        for button in ["Send", "Save text", "Done"] {
            sam.fill("Message", &text).press(button).await;
            sam.sees_problem("Message", "The personal link is missing from the text.");
            assert_eq!(sam.field("Message"), text);
        }
    }
    sam.fill("Subject", " ").fill("Message", "").press("Send").await;
    sam.sees("2 problems to solve").sees_problem("Subject", "Enter the subject.");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn done_closes_the_draft_and_the_link_is_kept_nowhere() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let link =
        sam.field("Message").lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    sam.press("Done").await;
    sam.sees("The request to olga@brightwater.example is listed here").sees_row(&[
        OLGA,
        "Open",
        "Not sent from here",
    ]);
    sam.follow(OLGA).await;
    sam.sees("The link is not kept").sees_not(&link).sees_no_button("Send");
    portal.browser().visit(&link).await;
    sam.press("Resend").await;
    sam.sees("There is a new link").sees_button("Send");
    let new =
        sam.field("Message").lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    assert_ne!(new, link);
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.sees_heading("This link is not known");
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    olga.visit(&new).await;
    olga.sees_heading("Harbor Distribution asks for a partnership");
}

#[actix_web::test]
async fn a_draft_opens_only_in_the_browser_that_made_it_and_for_its_own_organisation() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let path = sam.path().to_owned();
    let mut tab = sam.clone_session();
    tab.visit(&path).await;
    tab.sees_button("Send");
    let mut colleague = portal.browser_of(Role::UserAdmin).await;
    colleague.visit(&path).await;
    colleague.sees("The link is not kept").sees_no_button("Send");
    let text = sam.field("Message");
    colleague.post(&format!("{path}/delivery"), &[("subject", "x"), ("text", &text), ("version", "1")]).await;
    assert_eq!(portal.carry_mail().await, 0, "who lacks the link sends nothing");
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let mut other = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    other.visit(&path).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    for verb in ["text", "delivery", "link", "revocation"] {
        other.post(&format!("{path}/{verb}"), &[("subject", "x"), ("text", &text), ("version", "1")]).await;
        assert_eq!(other.status(), StatusCode::NOT_FOUND, "{verb}");
    }
    other.visit("/partnership-requests").await;
    other.sees("No partnership request yet");
    sam.visit("/partnership-requests/1").await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn two_tabs_that_edit_the_text_lose_neither() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let mut tab = sam.clone_session();
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
    assert!(portal.letter_to(OLGA).body_text.starts_with("Second."));
}

#[actix_web::test]
async fn a_request_that_waits_is_revoked_with_its_letter() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let link =
        sam.field("Message").lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    sam.press("Send").await;
    sam.follow("Revoke").await;
    sam.sees_heading("Revoke the request to olga@brightwater.example?");
    sam.press("Revoke").await;
    sam.sees("is revoked. Its link no longer works").sees("Revoked").sees_no_button("Resend");
    assert_eq!(portal.carry_mail().await, 0, "the letter is withdrawn");
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.sees_heading("This request was withdrawn");
    assert_eq!(olga.status(), StatusCode::GONE);
    let path = sam.path().to_owned();
    sam.visit(&format!("{path}/revocation")).await;
    sam.sees("Nothing was changed");
    sam.post(&format!("{path}/revocation"), &[]).await;
    sam.sees("Nothing was changed");
    sam.post(&format!("{path}/link"), &[]).await;
    sam.sees("Nothing was changed").sees("Revoked");
}

#[actix_web::test]
async fn an_expired_request_is_listed_as_expired_and_can_be_sent_anew() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    expire_all(&portal).await;
    sam.visit("/partnership-requests?state=expired").await;
    sam.sees_row(&[OLGA, "Expired"]).sees("State: Expired");
    sam.visit("/partnership-requests?state=open").await;
    sam.sees("No request matches");
    sam.follow("Show all partnership requests").await;
    sam.follow(OLGA).await;
    sam.sees("The link has expired unanswered");
    sam.press("Resend").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let new = link_in(&portal.letter_to(OLGA));
    assert_ne!(new, link);
    let mut olga = portal.browser();
    olga.visit(&new).await;
    olga.sees_heading("Harbor Distribution asks for a partnership");
}

#[actix_web::test]
async fn a_draft_that_expired_or_was_answered_meanwhile_is_not_sent() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    expire_all(&portal).await;
    sam.press("Send").await;
    sam.sees("The link has expired unanswered");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn a_failed_letter_shows_its_reason_and_is_sent_again() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    sam.press("Send").await;
    let path = sam.path().to_owned();
    portal.fails_letters();
    sam.reload().await;
    sam.sees("Failed").sees("550 no such mailbox");
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let mut other = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    let letter: String = portal.query(|conn| Ok(letters::table.select(letters::id).first(conn)?)).await;
    other.post(&format!("/letters/{letter}/delivery"), &[]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    sam.press("Send again").await;
    sam.sees("The letter is on its way again").sees("Waiting");
    assert_eq!(portal.carry_mail().await, 1);
    sam.post(&format!("/letters/{letter}/delivery"), &[]).await;
    sam.sees("The letter was not sent again");
    assert_eq!((portal.carry_mail().await, sam.path()), (0, path.as_str()));
}

#[actix_web::test]
async fn a_letter_with_a_dead_link_is_not_sent_again() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    sam.press("Send").await;
    portal.fails_letters();
    sam.reload().await;
    expire_all(&portal).await;
    sam.press("Send again").await;
    sam.sees("The letter was not sent again");
    assert_eq!(portal.carry_mail().await, 0);
}

#[actix_web::test]
async fn a_second_request_to_the_same_address_is_pointed_out() {
    let portal = Portal::open().await;
    let (mut sam, _) = asked(&portal).await;
    draft(&mut sam, OLGA).await;
    sam.sees("There is another open request to this address");
    sam.follow("Look at it").await;
    sam.sees("Nobody has answered yet");
}

#[actix_web::test]
async fn what_is_no_address_is_refused_with_what_was_typed() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (typed, message) in [
        ("", "Enter the reseller’s email address."),
        ("olga@\0", "There is nothing behind the @."),
        ("a@b.example\nBcc: x@y.example", "There is more than one @ in it."),
    ] {
        sam.visit("/partnership-requests/new").await;
        sam.fill("Reseller’s email address", typed).press("Save text").await;
        sam.sees_problem("Reseller’s email address", message);
    }
    sam.post("/partnership-requests", &[("email", OLGA), ("email", OLGA)]).await;
    assert_eq!(sam.status(), StatusCode::BAD_REQUEST);
    sam.visit("/partnership-requests?search=%00%25_&state=nonsense&after=%00%1f1").await;
    assert_eq!(sam.status(), StatusCode::OK);
    sam.sees("No request matches");
}

#[actix_web::test]
async fn a_suspended_provider_asks_nobody() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    portal.has_suspended(&portal.harbor, "Overdue.").await;
    sam.fill("Reseller’s email address", OLGA).press("Save text").await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    sam.sees("Your organization is suspended").sees("Overdue.");
    assert_eq!(portal.database.number("SELECT count(*) FROM partnership_requests"), 0);
}

#[actix_web::test]
async fn requests_are_paged_by_key_newest_first() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    draft(&mut sam, "first@x.example").await;
    for number in 0..26 {
        sam.visit("/partnership-requests/new").await;
        sam.fill("Reseller’s email address", &format!("r{number:02}@x.example")).press("Done").await;
    }
    sam.visit("/partnership-requests").await;
    sam.sees("r25@x.example").sees_not("r00@x.example").sees_no_link("Previous");
    sam.follow("Next").await;
    sam.sees("r00@x.example").sees("first@x.example").sees_not("r01@x.example");
    sam.follow("Previous").await;
    sam.sees("r25@x.example").sees("r01@x.example").sees_no_link("Previous");
    sam.fill("Search email address", "FIRST").press("Apply").await;
    sam.sees("first@x.example").sees_not("r25@x.example");
    let opened: i64 = portal.query(|conn| Ok(partnership_requests::table.count().get_result(conn)?)).await;
    assert_eq!(opened, 27);
}
