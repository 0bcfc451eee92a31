//! The mailed link: what it shows, and when it no longer holds.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use futures_util::future::join;
use twotier::db::schema::enrolments;
use twotier::values::moment::Moment;

use super::{ADA, PASSWORD, begun, fill, handed_in, linked, open, path_of};
use crate::support::portal::Portal;

#[actix_web::test]
async fn looking_proves_nothing() {
    let (portal, _operator) = open().await;
    let link = linked(&portal, "reseller", ADA).await;
    let mut ada = portal.browser();
    for _ in 0..2 {
        ada.visit(&link).await;
        ada.sees_heading("Prove your email address").sees_button("Go on");
        assert_eq!(ada.header("x-robots-tag"), Some("noindex, nofollow"));
        assert_eq!(ada.header("cache-control"), Some("private, no-store"));
    }
    for page in ["details", "review"] {
        ada.visit(&format!("{link}/{page}")).await;
        ada.sees_heading("Prove your email address");
    }
    assert_eq!(
        portal.database.number("SELECT count(*) FROM enrolments WHERE state = 'started' AND version = 1"),
        1
    );
}

#[actix_web::test]
async fn an_unknown_link_is_not_found_whatever_is_sent_to_it() {
    let (portal, _operator) = open().await;
    let mut ada = portal.browser();
    for unknown in ["x", "%00", "a%0Ab", &"A".repeat(43), &"a".repeat(3000)] {
        ada.visit(&format!("/enrolment/{unknown}")).await;
        ada.sees_heading("This link is not known");
        assert_eq!(ada.status(), StatusCode::NOT_FOUND);
        for action in ["proof", "details", "submission"] {
            let fields = [("version", "1"), ("password", "correct horse battery"), ("company", "x")];
            ada.post(&format!("/enrolment/{unknown}/{action}"), &fields).await;
            assert_eq!(ada.status(), StatusCode::NOT_FOUND, "{action}");
        }
    }
}

#[actix_web::test]
async fn an_expired_link_takes_nothing_and_leads_to_a_fresh_one() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    ada.fill("Company name", "Acme IT");
    expire_all(&portal).await;
    ada.press("Save and leave").await;
    ada.sees_heading("This link has expired");
    assert_eq!(ada.status(), StatusCode::GONE);
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE company_name = ''"), 1);
    for action in ["proof", "submission"] {
        ada.post(&format!("{}/{action}", path_of(&link)), &[("version", "1")]).await;
        assert_eq!(ada.status(), StatusCode::GONE, "{action}");
    }
    ada.follow("Get a fresh link").await;
    ada.sees_heading("Enroll as an indirect reseller");
    let fresh = linked(&portal, "reseller", ADA).await;
    ada.visit(&fresh).await;
    ada.sees_heading("Go on with your enrollment");
}

#[actix_web::test]
async fn what_was_handed_in_is_not_changed_any_more() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = handed_in(&portal, "4810299").await;
    for page in ["details", "review"] {
        ada.visit(&format!("{link}/{page}")).await;
        ada.sees_heading("Your enrollment waits for a decision");
    }
    ada.post(&format!("{}/details", path_of(&link)), &[("version", "5"), ("company", "Evil")]).await;
    ada.post(&format!("{}/submission", path_of(&link)), &[("version", "5")]).await;
    ada.sees_heading("Your enrollment waits for a decision").sees("Acme IT");
    assert_eq!(portal.carry_mail().await, 0, "handed in once");
}

#[actix_web::test]
async fn pressing_twice_hands_in_once() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    fill(&mut ada, "Acme IT", "4810299").await;
    ada.press("Next: Review").await;
    let mut tab = ada.clone_session();
    tab.visit(&format!("{link}/review")).await;
    join(ada.press("Hand in"), tab.press("Hand in")).await;
    for browser in [&ada, &tab] {
        browser.sees_heading("Your enrollment waits for a decision");
    }
    assert_eq!(portal.carry_mail().await, 2, "one to her, one to the operator");
}

#[actix_web::test]
async fn whatever_is_typed_is_answered_and_kept() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    let path = path_of(&link);
    let long = |signs: usize| "ä".repeat(signs);
    for (typed, kept) in [
        ("\0".to_owned(), String::new()),
        ("\u{1}a\u{7f}b".to_owned(), "ab".to_owned()),
        ("' OR 1=1 --".to_owned(), "' OR 1=1 --".to_owned()),
        ("\u{202e}".to_owned(), "\u{202e}".to_owned()),
        (long(300), long(300)),
        (long(301), long(300)),
        (long(2_000), long(300)),
    ] {
        let version = portal.database.number("SELECT version FROM enrolments").to_string();
        let names = ["company", "country", "line_1", "city", "mpn_id", "zone", "phone", "name", "then"];
        let mut fields: Vec<(&str, &str)> = names.iter().map(|field| (*field, typed.as_str())).collect();
        fields.push(("version", &version));
        ada.post(&format!("{path}/details"), &fields).await;
        assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed:.20}");
        assert_eq!(ada.field("Company name"), kept);
        ada.visit(&format!("{link}/details")).await;
        for field in ["Company name", "MPN ID", "Your name"] {
            assert_eq!(ada.field(field), kept, "{field}");
        }
    }
    let (version, huge) =
        (portal.database.number("SELECT version FROM enrolments").to_string(), long(60_000));
    let fields = [("company", huge.as_str()), ("city", &huge), ("version", &version)];
    ada.post(&format!("{path}/details"), &fields).await;
    assert!(ada.status().is_client_error(), "{}", ada.status());
    assert!(portal.database.number("SELECT length(form) FROM enrolments") < 20_000, "bounded");
}

#[actix_web::test]
async fn what_was_typed_behind_a_link_that_is_no_more_is_shown_again() {
    let (portal, _operator) = open().await;
    let (ada, _) = begun(&portal, "reseller").await;
    let mut tab = ada.clone_session();
    tab.visit(ada.path()).await;
    let new = linked(&portal, "reseller", ADA).await;
    let mut elsewhere = portal.browser();
    elsewhere.visit(&new).await;
    elsewhere.follow("Go on").await;
    elsewhere.press("Save and leave").await;
    tab.fill("Company name", "Acme <IT>").fill("Password", PASSWORD).fill("Password again", PASSWORD);
    tab.press("Next: Review").await;
    assert_eq!(tab.status(), StatusCode::NOT_FOUND);
    tab.sees_heading("This link is not known").sees("What you typed is not saved").sees("Acme <IT>");
    tab.sees_not(PASSWORD);
    expire_all(&portal).await;
    elsewhere.visit(&new).await;
    elsewhere.post(&format!("{}/details", path_of(&new)), &[("company", "Acme GmbH")]).await;
    assert_eq!(elsewhere.status(), StatusCode::GONE);
    elsewhere.sees("What you typed is not saved").sees("Acme GmbH");
}

#[actix_web::test]
async fn no_secret_stands_in_the_database_or_the_activity_log() {
    let (portal, mut operator) = open().await;
    let (_, link) = handed_in(&portal, "4810299").await;
    let token = link.rsplit('/').next().expect("a token");
    for (table, column) in [
        ("enrolments", "token_hash"),
        ("enrolments", "form"),
        ("letters", "body_text"),
        ("activity_records", "changes"),
    ] {
        for secret in [token, super::PASSWORD] {
            let found = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            assert_eq!(portal.database.number(&found), 0, "{table}.{column}");
        }
    }
    super::opens(&mut operator, "Acme IT").await;
    operator.sees_not(token).sees_not("argon2");
    operator.press("Approve").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE password_hash IS NOT NULL"), 0);
    operator.visit("/activity").await;
    operator.sees_not("argon2").sees_not(token);
    portal.carry_mail().await;
}

async fn expire_all(portal: &Portal) {
    portal
        .query(|conn| {
            let past = Moment::now().plus_seconds(-1);
            Ok(diesel::update(enrolments::table).set(enrolments::expires_at.eq(past)).execute(conn)?)
        })
        .await;
}
