//! A customer's own people: how they sign in, who may do what for them, and what is theirs.

#[path = "self_service/agreement.rs"]
mod agreement;
#[path = "self_service/beyond.rs"]
mod beyond;
#[path = "self_service/journey.rs"]
mod journey;
#[path = "self_service/relationships.rs"]
mod relationships;
#[path = "self_service/signing_in.rs"]
mod signing_in;

use twotier::access::Role;
use twotier::partners::model::Organisation;

use crate::support::browser::Browser;
use crate::support::fixtures::{self, PlainOffer, fill_account};
use crate::support::portal::Portal;

const NEW: &str = "a long walk home";
const ADMIN: &str = "admin@juniperhall.onmicrosoft.com";

/// Sam adds Juniper Hall with 40 licenses, for a reseller or not; answers the password that Confirmation shows once.
async fn sam_adds_juniper_hall(portal: &Portal, reseller: Option<&Organisation>) -> String {
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let mut sam = match reseller {
        Some(reseller) => fixtures::sam_adds_juniper_hall(portal, reseller).await,
        None => {
            let mut sam = portal.browser_of(Role::SalesAgent).await;
            sam.visit("/customers/new").await;
            fill_account(&mut sam, "Juniper Hall", "juniperhall");
            sam
        }
    };
    accepts(&mut sam).await;
    sam.fill("Licenses of Enterprise E3", "40").press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees(ADMIN).sees("The customer signs in with both on this portal");
    shown(&sam)
}

/// On New customer, the customer has accepted the agreement.
async fn accepts(sam: &mut Browser) {
    sam.choose("Acceptance of the customer agreement", "Customer has accepted the customer agreement");
    sam.fill("Agreement acceptance date", "2026-01-31").press("Next: Subscriptions").await;
}

async fn sign_in(browser: &mut Browser, user_name: &str, password: &str) {
    browser.visit("/sign-in").await;
    browser.fill("Email address", user_name).fill("Password", password).press("Sign in").await;
}

/// The temporary password on the page.
fn shown(browser: &Browser) -> String {
    let password = browser.html().split("id=\"password\">").nth(1).and_then(|rest| rest.split('<').next());
    password.expect("a password").to_owned()
}
