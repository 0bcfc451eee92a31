//! Cookies that somebody copied: they open nothing once the owner has proved to be there.

use twotier::access::Role;

use super::second_factor::set_up;
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};

/// A browser with a copy of the session's cookie.
fn copy_of(browser: &Browser, portal: &Portal) -> Browser {
    let mut copy = portal.browser();
    copy.set_cookie("twotier", &browser.cookie("twotier").expect("a cookie"));
    copy
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.visit("/profile").await;
    browser.path() == "/profile"
}

#[actix_web::test]
async fn a_copied_cookie_is_dead_after_the_password_was_asked_for_once_more() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut thief = copy_of(&gina, &portal);
    assert!(is_in(&mut thief).await);
    let mut late = copy_of(&gina, &portal);
    portal.database.change("UPDATE sign_ins SET confirmed_at = '2026-01-01 00:00:00'");
    gina.visit("/people/second-factor").await;
    gina.press("Require it of everybody").await;
    gina.fill("Your password", PASSWORD).press("Go on").await;
    gina.sees_heading("Set up a second factor");
    assert!(!is_in(&mut late).await, "the copy of before proves nothing");
    gina.visit("/profile/second-factor").await;
    gina.sees_heading("Set up a second factor");
}

#[actix_web::test]
async fn a_copied_cookie_is_dead_after_a_second_factor_was_set_up() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut thief = copy_of(&sam, &portal);
    set_up(&mut sam).await;
    assert!(!is_in(&mut thief).await);
    assert!(is_in(&mut sam).await);
}

#[actix_web::test]
async fn a_copied_cookie_is_dead_after_signing_in_again_also_while_a_code_is_awaited() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let email = portal.database.texts("SELECT email AS text FROM people").remove(0);
    let fields = [("email", email.as_str()), ("password", PASSWORD)];
    let mut thief = copy_of(&sam, &portal);
    sam.post("/session", &fields).await;
    assert!(is_in(&mut sam).await && !is_in(&mut thief).await);
    set_up(&mut sam).await;
    let mut thief = copy_of(&sam, &portal);
    sam.post("/session", &fields).await;
    sam.sees_heading("Enter your code");
    assert!(!is_in(&mut thief).await, "whoever signs in again leaves nothing behind");
}

#[actix_web::test]
async fn behind_https_cookies_belong_to_the_host_alone() {
    let portal = Portal::open_with(|site| site.base_url = "https://portal.example".to_owned()).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    // The cookie jar of these stories looks at names, paths and flags of every cookie.
    assert!(sam.cookie("__Host-twotier").is_some() && sam.cookie("__Host-twotier-browser").is_some());
    assert!(is_in(&mut sam).await);
    // A cookie of the plain name, which other hosts of the domain could set, says nothing.
    let mut planted = portal.browser();
    planted.set_cookie("twotier", &sam.cookie("__Host-twotier").expect("a cookie"));
    assert!(!is_in(&mut planted).await);
}
