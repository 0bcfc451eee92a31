//! What was typed outlives a sign-in that ended, a role that was taken away, and a portal that could not serve.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::{person_roles, sign_ins};

use crate::support::fixtures::fill_account;
use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn a_form_that_was_open_while_the_sign_in_ended_goes_on_after_signing_in() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    sam.visit("/sign-in").await;
    sam.fill("Email address", &email).fill("Password", PASSWORD).press("Sign in").await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper & Söhne", "juniperhall");
    portal.query(|conn| Ok(diesel::delete(sign_ins::table).execute(conn)?)).await;
    sam.press("Next: Subscriptions").await;
    assert_eq!(sam.status(), StatusCode::UNAUTHORIZED);
    sam.sees("What you typed is kept on this page").sees("Sign in in another tab");
    // Too early: nothing is lost by that either.
    sam.press("Go on").await;
    assert_eq!(sam.status(), StatusCode::UNAUTHORIZED);

    let mut tab = sam.clone_session();
    tab.visit("/sign-in").await;
    tab.fill("Email address", &email).fill("Password", PASSWORD).press("Sign in").await;
    sam.press("Go on").await;
    sam.visit("/drafts").await;
    sam.sees("Juniper & Söhne");
}

#[actix_web::test]
async fn a_form_that_was_open_while_the_role_was_taken_away_is_kept_until_it_is_back() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    let roles = |from: Role, to: Role| {
        move |conn: &mut twotier::db::Connection| {
            let those = person_roles::table.filter(person_roles::role.eq(from));
            Ok(diesel::update(those).set(person_roles::role.eq(to)).execute(conn)?)
        }
    };
    portal.query(roles(Role::SalesAgent, Role::HelpdeskAgent)).await;
    sam.press("Next: Subscriptions").await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    sam.sees("What you typed is kept on this page");
    portal.query(roles(Role::HelpdeskAgent, Role::SalesAgent)).await;
    sam.press("Send it again").await;
    sam.visit("/drafts").await;
    sam.sees("Juniper Hall");
}

#[actix_web::test]
async fn no_page_keeps_a_password() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/password").await;
    sam.fill("Current password", PASSWORD).fill("New password", "correct horse battery staple");
    sam.fill("New password again", "correct horse battery staple");
    portal.query(|conn| Ok(diesel::delete(sign_ins::table).execute(conn)?)).await;
    sam.press("Change password").await;
    assert_eq!(sam.status(), StatusCode::UNAUTHORIZED);
    assert!(!sam.html().contains("staple") && !sam.html().contains(PASSWORD));
}
