//! From a reseller's row to its customer's first order, as staff do it all day: once with scripts, once without.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::story::story;

const OFFER: &str = "Office 365 Enterprise E3";

#[actix_web::test]
async fn a_sales_agent_takes_a_reseller_s_customer_to_the_first_order() {
    story(Look::DESK, async |_, sam| {
        sam.sign_in("sales.agent@harbor.example").await;
        fill_new_customer(sam).await;
        sam.press("Next: Subscriptions").await;
        choose_licenses(sam).await;
        // The total follows the typing, before anything is saved.
        sam.sees(&format!("{OFFER} × 40")).await;
        sam.screenshot("new-subscription").await;
        sam.press("Next: Review").await;
        sam.sees_heading("Review").await;
        sam.sees("Juniper Hall School").await;
        sam.sees("Brightwater IT").await;
        sam.press("Submit").await;
        sam.sees_heading("Confirmation").await;
        sam.sees("admin@juniperhall.onmicrosoft.com").await;
        sam.screenshot("confirmation").await;
        sam.press("Copy Temporary password").await;
        sam.sees("Copied").await;
        let password = sam.clipboard().await;
        assert_eq!(password.len(), 14, "{password} is not a temporary password");
        sam.sees(&password).await;
        // Once: the same page again keeps it to itself.
        let confirmation = sam.path().await;
        sam.visit(&confirmation).await;
        sam.sees_not(&password).await;
        sam.sees("Reset password").await;
        sam.follow("Done").await;
        sam.sees_heading("Customers").await;
        sam.sees("juniperhall.onmicrosoft.com").await;
    })
    .await;
}

#[actix_web::test]
async fn the_same_journey_works_without_scripts_on_a_phone() {
    story(Look::PHONE.without_scripts(), async |_, sam| {
        sam.sign_in("sales.agent@harbor.example").await;
        fill_new_customer(sam).await;
        sam.fits_in_width().await;
        sam.press("Next: Subscriptions").await;
        choose_licenses(sam).await;
        sam.fits_in_width().await;
        sam.press("Next: Review").await;
        sam.sees_heading("Review").await;
        sam.fits_in_width().await;
        sam.press("Submit").await;
        sam.sees_heading("Confirmation").await;
        sam.sees("admin@juniperhall.onmicrosoft.com").await;
        sam.fits_in_width().await;
        sam.follow("Done").await;
        sam.sees("juniperhall.onmicrosoft.com").await;
    })
    .await;
}

#[actix_web::test]
async fn a_partnership_request_is_copied_with_its_link_and_the_reseller_accepts() {
    story(Look::DESK, async |portal, sam| {
        sam.sign_in("sales.agent@harbor.example").await;
        sam.visit("/partnership-requests/new").await;
        sam.fill("Reseller’s email address", "owner@newleaf.example").await;
        // The draft is all there is: nothing is kept before a button is pressed, and copying keeps it first.
        sam.press("Copy to clipboard").await;
        // Newleaf was asked before, which is pointed out first.
        sam.sees("There is another open request to this address.").await;
        sam.press("Copy to clipboard").await;
        sam.sees("Copied").await;
        let text = sam.clipboard().await;
        let start = format!("{}/partnerships/", portal.origin);
        let link = text.lines().map(str::trim).find(|line| line.starts_with(&start));
        let link = link.unwrap_or_else(|| panic!("no link on a line of its own in: {text}")).to_owned();
        sam.press("Done").await;
        sam.sees_heading("Partnership requests").await;
        sam.press("Sign out").await;
        sam.sees_heading("Sign in").await;

        // The link leads through signing in and back.
        sam.visit(&link).await;
        sam.sees("Harbor Distribution").await;
        sam.follow("Sign in").await;
        sam.hand_in_password("owner@newleaf.example").await;
        sam.sees_heading("Harbor Distribution asks for a partnership").await;
        sam.screenshot("partnership-link").await;
        // Without the tick nothing is accepted.
        sam.press("Authorize indirect provider").await;
        sam.sees("problem to solve").await;
        sam.check("I have read what accepting means, and I consent to it for Newleaf Technology.").await;
        sam.press("Authorize indirect provider").await;
        sam.sees_heading("Indirect providers").await;
        sam.sees("Harbor Distribution").await;
    })
    .await;
}

#[actix_web::test]
async fn the_slash_key_leads_to_the_search_and_a_taken_domain_is_told_while_typing() {
    story(Look::DESK.dark(), async |_, sam| {
        sam.sign_in("sales.agent@harbor.example").await;
        sam.visit("/activity").await;
        sam.keys("/").await;
        assert_eq!(sam.focused().await, "Find a customer");
        sam.visit("/customers/new").await;
        sam.fill("Primary domain name", "no good").await;
        sam.sees("Use letters and digits only, no spaces.").await;
        sam.fill("Primary domain name", "surelyfreedomain7").await;
        sam.sees("surelyfreedomain7.onmicrosoft.com is free.").await;
    })
    .await;
}

async fn fill_new_customer(sam: &mut Chromium) {
    sam.visit("/resellers?search=Brightwater").await;
    sam.follow_in("Brightwater IT", "Add new customer").await;
    sam.sees_heading("New customer").await;
    for (label, value) in [
        ("Company name", "Juniper Hall School"),
        ("Primary domain name", "juniperhall"),
        ("Address line 1", "Hafenstraße 12"),
        ("City", "Hamburg"),
        ("ZIP/Postal code", "20457"),
    ] {
        sam.fill(label, value).await;
    }
    for (name, value) in
        [("First name", "Mia"), ("Last name", "Berg"), ("Email address", "mia.berg@juniperhall.example")]
    {
        sam.fill_in("Primary contact", name, value).await;
    }
    sam.choose_radio("Acceptance of the customer agreement", "Customer has accepted the customer agreement")
        .await;
    sam.set_date("Agreement acceptance date", "2026-01-15").await;
}

async fn choose_licenses(sam: &mut Chromium) {
    sam.sees_heading("New subscription").await;
    sam.fill("Search offers", OFFER).await;
    sam.press("Search").await;
    sam.fill(&format!("Licenses of {OFFER}"), "40").await;
}
