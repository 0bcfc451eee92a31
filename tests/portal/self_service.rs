//! A customer's own people: how they sign in.

#[path = "self_service/signing_in.rs"]
mod signing_in;

use crate::support::browser::Browser;

async fn sign_in(browser: &mut Browser, user_name: &str, password: &str) {
    browser.visit("/sign-in").await;
    browser.fill("Email address", user_name).fill("Password", password).press("Sign in").await;
}

/// The temporary password on the page.
fn shown(browser: &Browser) -> String {
    let password = browser.html().split("id=\"password\">").nth(1).and_then(|rest| rest.split('<').next());
    password.expect("a password").to_owned()
}
