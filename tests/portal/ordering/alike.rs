//! A customer that is there already, and a domain that another draft has: said while the customer is being added.

use twotier::access::{OrganisationKind, Role};

use super::begun::{fabrikam, has_draft};
use crate::support::browser::Browser;
use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;

const ASKING: &str = "Ask for the customer agreement";

async fn adds(browser: &mut Browser, company: &str, domain: &str) {
    browser.visit("/customers/new").await;
    fill_account(browser, company, domain);
    browser.press("Next: Subscriptions").await;
}

#[actix_web::test]
async fn a_customer_that_is_there_is_pointed_out_once() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper & Hall, Ltd.").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    adds(&mut sam, "JUNIPER-HALL LTD", "juniper2").await;
    assert_eq!(sam.status(), 200);
    sam.sees_heading("New customer").sees("It looks like a customer that you have:");
    sam.sees("juniperhallltd.onmicrosoft.com, since").sees("the same name and country.");
    assert_eq!(sam.href("Juniper & Hall, Ltd."), format!("/customers/{juniper}/account"));
    assert_eq!(sam.field("Company name"), "JUNIPER-HALL LTD", "nothing typed is lost");
    // Going on without an answer asks again.
    sam.press("Next: Subscriptions").await;
    sam.sees("It looks like a customer that you have:");
    sam.press("Add anyway").await;
    sam.sees_heading(ASKING);
    sam.press("Next: Subscriptions").await;
    sam.sees_heading("New subscription");
    let draft = sam.path().trim_end_matches("/subscriptions").to_owned();
    sam.visit(&format!("{draft}/customer")).await;
    sam.fill("City", "Bremen").press("Next: Subscriptions").await;
    sam.sees_heading("New subscription");
    sam.visit(&format!("{draft}/review")).await;
    sam.sees("It looks like a customer that you have:").sees_link("Juniper & Hall, Ltd.");
    sam.sees("It was decided to add this one all the same.");
    // Another one that it looks like is another question.
    portal.database.change("UPDATE customers SET email = 'cora@customer.example'");
    portal.has_customer("Rowan Works").await;
    sam.visit(&format!("{draft}/customer")).await;
    sam.within("Primary contact").fill("Email address", "CORA@customer.example");
    sam.press("Next: Subscriptions").await;
    sam.sees_link("Rowan Works").sees("the same contact").sees_no_link("Juniper & Hall, Ltd.");
    sam.visit(&format!("{draft}/review")).await;
    sam.sees("Look whether it is the same one before you submit.");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn a_registration_id_is_the_same_in_the_same_country_only() {
    let portal = Portal::open().await;
    portal.has_customer("Rowan Works").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (country, is_found) in [("DE", true), ("AT", false)] {
        let set = format!("UPDATE customers SET registration_id = 'HRB4711', country = '{country}'");
        portal.database.change(&set);
        sam.visit("/customers/new").await;
        fill_account(&mut sam, "Juniper Hall", &format!("juniper{}", country.to_lowercase()));
        sam.fill("Company registration ID", "HRB4711").press("Next: Subscriptions").await;
        assert_eq!(sam.text().contains("the same company registration ID"), is_found, "{country}");
    }
    // Nor does the name alone say anything of a company in another country.
    adds(&mut sam, "Rowan Works", "rowan2").await;
    sam.sees_heading(ASKING);
}

#[actix_web::test]
async fn another_providers_customers_and_drafts_say_nothing() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    portal.has_customer_of(&summit, "Juniper Hall").await;
    portal.browser_of(Role::SalesAgent).await;
    has_draft(&portal, &fabrikam("fabrikam"), None).await;
    let mut sue = portal.browser_in(&summit, &[Role::SalesAgent]).await;
    adds(&mut sue, "Fabrikam", "fabrikam").await;
    sue.sees_heading(ASKING);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    adds(&mut sam, "Juniper Hall", "juniper2").await;
    sam.sees_heading(ASKING);
    sam.visit("/domain-availability?domain=juniper3").await;
    sam.sees("juniper3.onmicrosoft.com is free.");
}

#[actix_web::test]
async fn two_drafts_with_one_domain_are_told_of_each_other_at_once() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let first = has_draft(&portal, &fabrikam("fabrikam"), None).await;
    let mut ada = portal.browser_of(Role::UserAdmin).await;
    ada.visit("/domain-availability?domain=%20Fabrikam").await;
    ada.sees("Another open draft has fabrikam.onmicrosoft.com: Fabrikam, by Sam Seller.");
    ada.visit(&format!("/domain-availability?draft={first}&domain=fabrikam")).await;
    ada.sees("fabrikam.onmicrosoft.com is free.");
    // At the field already while the rest is still missing.
    ada.visit("/customers/new").await;
    ada.fill("Primary domain name", "FABRIKAM").press("Next: Subscriptions").await;
    ada.sees("Another open draft has this primary domain name: Fabrikam, made by Sam Seller");
    assert_eq!(ada.href("Fabrikam"), format!("/drafts/{first}/customer"));
    fill_account(&mut ada, "Fabrikam North", "fabrikam");
    ada.press("Next: Subscriptions").await;
    ada.sees_heading("New customer").sees("Only one of the two can be submitted.");
    ada.press("Add anyway").await;
    ada.sees_heading(ASKING);
    ada.press("Next: Subscriptions").await;
    ada.sees_heading("New subscription");
    sam.visit(&format!("/drafts/{first}/customer")).await;
    sam.sees("Another open draft has this primary domain name: Fabrikam North");
    // What is dropped stands in nobody's way.
    let second = ada.path().trim_end_matches("/subscriptions").to_owned();
    ada.visit(&format!("{second}/cancellation")).await;
    ada.press("Cancel the draft").await;
    sam.visit(&format!("/drafts/{first}/customer")).await;
    sam.sees_not("Another open draft");
}

#[actix_web::test]
async fn who_sees_no_customers_is_told_the_name_without_a_way_there() {
    let portal = Portal::open().await;
    portal.has_customer("Juniper Hall").await;
    let mut ulla = portal.browser_of(Role::UserAdmin).await;
    adds(&mut ulla, "Juniper Hall", "juniper2").await;
    ulla.sees("It looks like a customer that you have:").sees("Juniper Hall, juniperhall.onmicrosoft.com");
    ulla.sees_no_link("Juniper Hall");
}
