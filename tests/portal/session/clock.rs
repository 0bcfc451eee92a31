//! A clock was ahead, and is right again: what was kept meanwhile shuts nobody out and lets nobody in for years.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::second_factor::set_up;
use super::try_password;
use crate::support::portal::{PASSWORD, Portal};

/// The same step of two years later.
const CODE_TAKEN_AHEAD: &str = "UPDATE second_factors SET last_step = last_step + 2100000";

fn email_of_sam(portal: &Portal) -> String {
    portal.database.texts("SELECT email AS text FROM people").remove(0)
}

#[actix_web::test]
async fn a_pause_that_began_in_the_future_is_over() {
    let portal = Portal::open().await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    for _ in 0..6 {
        try_password(&mut portal.browser(), &sam, "not the password").await;
    }
    assert_eq!(try_password(&mut portal.browser(), &sam, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    portal.database.change(
        "UPDATE sign_in_throttles SET closed_until = '2099-01-01 00:15:00', forgotten_at = '2099-01-02 00:00:00'",
    );
    let mut browser = portal.browser();
    try_password(&mut browser, &sam, PASSWORD).await;
    browser.sees("Harbor Distribution");
    // Wrong ones count again from the beginning, by the right clock.
    assert_eq!(
        try_password(&mut portal.browser(), &sam, "not the password").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[actix_web::test]
async fn tallies_from_the_future_are_cleared_away() {
    let portal = Portal::open().await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    try_password(&mut portal.browser(), "nobody@harbor.example", "not the password").await;
    portal.database.change("UPDATE sign_in_throttles SET forgotten_at = '2099-01-02 00:00:00'");
    try_password(&mut portal.browser(), &sam, PASSWORD).await;
    portal.does("sweep_sign_ins", Moment::now()).await;
    let kept = "SELECT count(*) FROM sign_in_throttles WHERE forgotten_at > '2090-01-01 00:00:00'";
    assert_eq!(portal.database.number(kept), 0);
}

#[actix_web::test]
async fn a_code_that_was_taken_in_the_future_does_not_shut_its_owner_out() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (app, _) = set_up(&mut sam).await;
    let email = email_of_sam(&portal);
    portal.database.change(CODE_TAKEN_AHEAD);
    let mut phone = portal.browser();
    try_password(&mut phone, &email, PASSWORD).await;
    let code = app.code();
    phone.fill("Code", &code).press("Sign in").await;
    phone.sees("Harbor Distribution");
    // It counts once, as ever.
    let mut thief = portal.browser();
    try_password(&mut thief, &email, PASSWORD).await;
    thief.fill("Code", &code).press("Sign in").await;
    thief.sees_problem("Code", "This code was used already");
}

#[actix_web::test]
async fn a_sign_in_of_the_future_ends_as_others_do() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let ahead =
        "UPDATE sign_ins SET created_at = '2099-01-01 00:00:00', last_seen_at = '2099-01-01 00:00:00'";
    let kept = "SELECT count(*) FROM sign_ins WHERE created_at > '2090-01-01 00:00:00' OR last_seen_at > '2090-01-01 00:00:00'";
    portal.database.change(ahead);
    sam.reload().await;
    sam.sees("Harbor Distribution");
    assert_eq!(portal.database.number(kept), 0, "whoever comes back is seen now");
    portal.database.change(ahead);
    portal.does("sweep_sign_ins", Moment::now()).await;
    assert_eq!(portal.database.number(kept), 0, "nor does one last that nobody uses");
}

#[actix_web::test]
async fn a_password_that_was_typed_in_the_future_is_asked_for_again() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.database.change("UPDATE sign_ins SET confirmed_at = '2099-01-01 00:00:00'");
    gina.post("/people/second-factor", &[("required", "yes")]).await;
    assert_eq!(gina.status(), StatusCode::FORBIDDEN);
    gina.sees_heading("Confirm that it is you");
}

#[actix_web::test]
async fn a_link_that_was_mailed_in_the_future_works_no_more() {
    let portal = Portal::open().await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut visitor = portal.browser();
    visitor.post("/forgotten-password", &[("email", &sam)]).await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&sam);
    let token =
        letter.body_text.split("/set-password/").nth(1).and_then(|rest| rest.split_whitespace().next());
    let link = format!("/set-password/{}", token.expect("a link"));
    visitor.visit(&link).await;
    assert_eq!(visitor.status(), StatusCode::OK);
    portal.database.change("UPDATE password_links SET expires_at = '2099-01-01 00:00:00'");
    visitor.visit(&link).await;
    assert_eq!(visitor.status(), StatusCode::GONE);
}
