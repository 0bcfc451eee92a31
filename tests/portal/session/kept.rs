//! What was typed outlives a sign-in that ended, a role that was taken away, and a portal that could not serve.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{person_roles, sign_ins};

use crate::support::fixtures::fill_account;
use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn a_form_that_was_open_while_the_sign_in_ended_goes_on_after_signing_in() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.signed_in(&email).await;
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
    // Somebody else could have signed in meanwhile.
    sam.press("Go on").await;
    sam.sees_heading("Send it in your name?").sees("Sam sales_agent of Harbor Distribution");
    sam.press("Yes, I typed it: send it").await;
    sam.visit("/drafts").await;
    sam.sees("Juniper & Söhne");
}

#[actix_web::test]
async fn what_somebody_typed_is_not_done_in_the_name_of_somebody_else_unasked() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    gina.fill("Name", "Nora New").fill("Email address", "nora@harbor.example");
    gina.check("Sales agentSells: customers, orders, subscriptions.");
    portal.query(|conn| Ok(diesel::delete(sign_ins::table).execute(conn)?)).await;
    gina.press("Add").await;
    assert_eq!(gina.status(), StatusCode::UNAUTHORIZED);
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let other = portal.add_person(&summit, &[Role::GlobalAdmin]).await;
    let mut tab = gina.clone_session();
    tab.visit("/sign-in").await;
    tab.fill("Email address", &other).fill("Password", PASSWORD).press("Sign in").await;
    gina.press("Go on").await;
    gina.sees("of Summit").sees("If somebody else typed it, do not send it");
    assert_eq!(portal.database.number("SELECT count(*) FROM people WHERE name = 'Nora New'"), 0);
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
