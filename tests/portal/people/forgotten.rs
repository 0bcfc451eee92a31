//! Forgotten passwords, and accounts whose time is over.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{link_in, sign_in};
use crate::support::browser::Browser;
use crate::support::fixtures::opens_sam;
use crate::support::portal::{PASSWORD, Portal};

async fn ask(browser: &mut Browser, email: &str) -> String {
    browser.visit("/sign-in").await;
    browser.follow("Forgot your password?").await;
    browser.fill("Email address", email).press("Mail a link").await;
    browser.html().replace(email, "EMAIL")
}

#[actix_web::test]
async fn a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let email = portal.database.texts("SELECT email AS text FROM people").remove(0);
    let mut visitor = portal.browser();
    ask(&mut visitor, &email).await;
    visitor.sees_heading("Look into your mailbox");
    portal.carry_mail().await;
    let letter = portal.letter_to(&email);
    assert!(letter.body_text.contains("If you did not ask for it, do nothing"), "{}", letter.body_text);
    let link = link_in(&letter.body_text);
    // Looking at the link changes nothing.
    visitor.visit(&link).await;
    visitor.visit(&link).await;
    sam.visit("/customers").await;
    sam.sees_heading("Customers");
    let new = "a long walk home";
    visitor.fill("New password", new).fill("New password again", new).press("Set password").await;
    visitor.sees("Your password is set.");
    sam.visit("/customers").await;
    sam.sees_heading("Sign in");
    visitor.visit(&link).await;
    assert_eq!(visitor.status(), StatusCode::GONE);
    sign_in(&mut visitor, &email, PASSWORD).await;
    visitor.sees("do not match");
    sign_in(&mut visitor, &email, new).await;
    visitor.sees_heading("Customers");
    portal.carry_mail().await;
    assert!(portal.letter_to(&email).subject.contains("was changed"));
    visitor.visit("/activity").await;
    visitor.sees_row(&["Ask for a new password"]).sees_row(&["Change the own password"]);
}

#[actix_web::test]
async fn nobody_learns_by_asking_who_has_an_account() {
    let portal = Portal::open().await;
    let known = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut visitor = portal.browser();
    let mut answers = Vec::new();
    let mut work = Vec::new();
    for email in [known.as_str(), "nobody@harbor.example"] {
        answers.push(ask(&mut visitor, email).await);
        // The same rows, whatever the address; who it is shows later, when nobody waits for the answer.
        work.push((
            portal.database.number("SELECT count(*) FROM forgotten_passwords"),
            portal.database.number("SELECT count(*) FROM password_links"),
            portal.database.number("SELECT count(*) FROM letters"),
            portal.database.number("SELECT count(*) FROM activity_records"),
        ));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(work, [(1, 0, 0, 0), (2, 0, 0, 0)]);
    portal.carry_mail().await;
    let to: Vec<_> = portal.letters().iter().map(|letter| letter.to_email.to_string()).collect();
    assert_eq!(to, [known]);
    assert_eq!(portal.database.number("SELECT count(*) FROM forgotten_passwords"), 0);
}

#[actix_web::test]
async fn nobody_floods_a_mailbox() {
    let portal = Portal::open().await;
    let known = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut visitor = portal.browser();
    for email in [known.as_str(), "nobody@harbor.example"] {
        for _ in 0..3 {
            ask(&mut visitor, email).await;
            assert_eq!(visitor.status(), StatusCode::OK);
        }
        ask(&mut visitor, email).await;
        assert_eq!(visitor.status(), StatusCode::TOO_MANY_REQUESTS);
        visitor.sees("This was asked for several times.");
    }
    visitor.post("/forgotten-password", &[("email", "no address")]).await;
    assert_eq!(visitor.status(), StatusCode::UNPROCESSABLE_ENTITY);
    portal.carry_mail().await;
    assert_eq!(portal.letters().len(), 1, "the last link replaced those that waited");
    assert_eq!(portal.database.number("SELECT count(*) FROM password_links"), 1);
}

#[actix_web::test]
async fn a_link_that_nobody_followed_is_forgotten_once_it_is_too_old() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut visitor = portal.browser();
    ask(&mut visitor, &email).await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(&email).body_text);
    portal.does("forget_password_links", Moment::now()).await;
    visitor.visit(&link).await;
    visitor.sees_button("Set password");
    portal.does("forget_password_links", Moment::now().plus_days(1)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM password_links"), 0);
    visitor.visit(&link).await;
    assert_eq!(visitor.status(), StatusCode::GONE);
}

#[actix_web::test]
async fn a_link_that_is_too_old_is_forgotten_with_a_letter_that_never_left() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    ask(&mut portal.browser(), &email).await;
    portal.keep_house(Moment::now()).await;
    let kept = "SELECT count(*) FROM password_links";
    let waiting =
        "SELECT count(*) FROM letters WHERE subject_kind = 'forgotten_password' AND state = 'waiting'";
    portal.does("forget_password_links", Moment::now()).await;
    assert_eq!((portal.database.number(kept), portal.database.number(waiting)), (1, 1));
    portal.does("forget_password_links", Moment::now().plus_days(1)).await;
    assert_eq!((portal.database.number(kept), portal.database.number(waiting)), (0, 0));
}

#[actix_web::test]
async fn who_was_deactivated_thirty_days_ago_is_purged() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    opens_sam(&mut gina).await;
    let page = gina.path().to_owned();
    gina.follow("Deactivate").await;
    gina.press("Yes, deactivate").await;
    let now = Moment::now();
    portal.does("purge_people", now.plus_days(29)).await;
    gina.visit(&page).await;
    gina.sees("Inactive");
    portal
        .database
        .change("UPDATE people SET deactivated_at = '2026-01-01 00:00:00' WHERE state = 'inactive'");
    for hour in 0..2 {
        portal.does("purge_people", now.plus_seconds(hour * 3600)).await;
    }
    gina.visit(&page).await;
    assert_eq!(gina.status(), StatusCode::NOT_FOUND);
    gina.visit("/people").await;
    gina.sees_no_row(&["Sam sales_agent"]);
    let left = format!("SELECT count(*) FROM people WHERE email = '{email}' OR name = 'Sam sales_agent'");
    assert_eq!(portal.database.number(&left), 0);
    gina.visit("/activity").await;
    gina.sees_row(&["Purge a user", "This portal, by itself"]);
    assert_eq!(
        portal.database.number("SELECT count(*) FROM activity_records WHERE action = 'purge_user'"),
        1
    );
    // The address is free again.
    gina.visit("/people/new").await;
    gina.fill("Name", "Sam Again").fill("Email address", &email).check(super::SALES).press("Add").await;
    gina.sees_heading("Sam Again");
}

#[actix_web::test]
async fn whoever_asks_for_somebody_else_breaks_no_invitation_and_no_link_of_an_admin() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    gina.fill("Name", "Nora New").fill("Email address", "nora@harbor.example").check(super::SALES);
    gina.press("Add").await;
    let mut stranger = portal.browser();
    ask(&mut stranger, "nora@harbor.example").await;
    portal.carry_mail().await;
    let letter = portal.letter_to("nora@harbor.example");
    assert!(letter.body_text.contains("You have been added"), "invited again: {}", letter.body_text);
    let mut nora = portal.browser();
    nora.visit(&link_in(&letter.body_text)).await;
    nora.sees("Once you have chosen a password, you sign in with it.");
    let new = "a long walk home";
    nora.fill("New password", new).fill("New password again", new).press("Set password").await;
    gina.reload().await;
    gina.follow("Reset password").await;
    gina.choose("Way to a password", "Mail a link under which the person chooses it")
        .press("Reset password")
        .await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to("nora@harbor.example").body_text);
    ask(&mut stranger, "nora@harbor.example").await;
    portal.carry_mail().await;
    nora.visit(&link).await;
    nora.sees_heading("Choose a password");
}

#[actix_web::test]
async fn whoever_followed_the_link_gets_in_while_somebody_else_tries_passwords() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    ask(&mut sam, &email).await;
    portal.carry_mail().await;
    let new = "a long walk home";
    sam.visit(&link_in(&portal.letter_to(&email).body_text)).await;
    sam.fill("New password", new).fill("New password again", new).press("Set password").await;
    let mut attacker = portal.browser();
    for _ in 0..6 {
        sign_in(&mut attacker, &email, "not the password").await;
    }
    assert_eq!(attacker.status(), StatusCode::TOO_MANY_REQUESTS);
    // From the same network, but in the browser in which the link was followed.
    sign_in(&mut sam, &email, new).await;
    sam.sees_heading("Customers");
}
