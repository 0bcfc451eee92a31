//! More passwords to check than the machine can at once: told so, and nothing typed is lost but passwords.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::password::Turn;

use crate::support::browser::Browser;
use crate::support::fixtures::opens_sam;
use crate::support::portal::{PASSWORD, Portal};

const TEMPORARY: &str = "Make a temporary one now";

/// Every turn of the portal, as if many were signing in; the clock runs only where somebody waits for it.
fn hold_all(portal: &Portal) -> Vec<Turn> {
    tokio::time::pause();
    std::iter::from_fn(|| portal.parts.turns.take_now().ok()).collect()
}

#[track_caller]
fn is_told_to_come_back(browser: &Browser) {
    assert_eq!(browser.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(browser.header("retry-after"), Some("5"));
    browser.sees("too many passwords to check at this moment");
}

#[actix_web::test]
async fn a_sign_in_that_gets_no_turn_keeps_the_address_and_counts_as_no_try() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let held = hold_all(&portal);
    let mut sam = portal.browser();
    for _ in 0..8 {
        super::try_password(&mut sam, &email, PASSWORD).await;
        is_told_to_come_back(&sam);
    }
    drop(held);
    // The address is still there.
    sam.fill("Password", PASSWORD).press("Sign in").await;
    sam.sees("Harbor Distribution").sees("Sign out");
}

#[actix_web::test]
async fn a_confirmation_that_gets_no_turn_keeps_what_was_sent() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.browser_of(Role::SalesAgent).await;
    opens_sam(&mut gina).await;
    gina.fill("Name", "Samuel & Söhne");
    portal.database.change("UPDATE sign_ins SET confirmed_at = '2026-01-01 00:00:00'");
    gina.press("Save").await;
    let held = hold_all(&portal);
    gina.fill("Your password", PASSWORD).press("Go on").await;
    is_told_to_come_back(&gina);
    drop(held);
    gina.fill("Your password", PASSWORD).press("Go on").await;
    gina.sees("The user is changed.").sees_heading("Samuel & Söhne");
}

#[actix_web::test]
async fn a_user_who_cannot_be_given_a_password_now_stays_typed() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    gina.fill("Name", "Ida Berg").fill("Email address", "ida@harbor.example");
    gina.check("Helpdesk agentHelps: sees customers and resets passwords.");
    gina.choose("Way to a password", TEMPORARY);
    let held = hold_all(&portal);
    gina.press("Add").await;
    is_told_to_come_back(&gina);
    drop(held);
    gina.press("Add").await;
    gina.sees_heading("Ida Berg").sees("shown this once");
}

#[actix_web::test]
async fn a_new_password_that_gets_no_turn_is_asked_for_again_and_counts_as_no_try() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let held = hold_all(&portal);
    let fields = [("current", PASSWORD), ("new", "a long walk home"), ("again", "a long walk home")];
    gina.post("/password", &fields).await;
    is_told_to_come_back(&gina);
    drop(held);
    gina.post("/password", &fields).await;
    gina.sees("Your password is changed.");
}
