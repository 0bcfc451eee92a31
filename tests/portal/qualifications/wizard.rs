//! New customer with a special qualification: a school is asked for with it, a code is counted with it.

use futures_util::future::join_all;
use twotier::access::Role;
use twotier::catalog::model::Qualification;

use super::{issues, summit};
use crate::operator::operator;
use crate::support::browser::Browser;
use crate::support::fixtures::{PlainOffer, fill_account};
use crate::support::portal::Portal;

/// New customer is filled in up to Review.
async fn to_review(sam: &mut Browser) {
    sam.press("Next: Subscriptions").await;
    sam.sees_heading("Ask for the customer agreement");
    sam.press("Next: Subscriptions").await;
    sam.press("Next: Review").await;
    sam.sees_heading("Review");
}

#[actix_web::test]
async fn a_new_school_is_asked_for_once_it_is_added() {
    let portal = Portal::open().await;
    let (_, mut robin) = operator(&portal).await;
    let qualification = Qualification::Education;
    portal.has_offer(PlainOffer { qualification, ..PlainOffer::new("Campus", 100) }).await;
    portal.has_offer(PlainOffer::new("Business Basic", 500)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    assert!(!sam.html().contains("value=\"nonprofit\""));
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.choose("Special qualifications", "Education").fill("Website of the institution", "no website");
    sam.press("Next: Subscriptions").await;
    sam.sees_problem("Website of the institution", "");
    sam.fill("Website of the institution", "www.hall.example").press("Next: Subscriptions").await;
    sam.sees_heading("Ask for the customer agreement");
    sam.press("Next: Subscriptions").await;
    sam.sees("Education is reviewed once the customer is added.");
    sam.sees("1 offer for Education cannot be chosen until then.").sees("or without any");
    sam.sees("Business Basic").sees_not("Campus");
    sam.press("Next: Review").await;
    sam.sees("Education is reviewed once the customer is added");
    robin.visit("/operator/qualifications").await;
    robin.sees("Nothing waits for you.");
    sam.press("Submit").await;
    sam.sees("Education is in review");
    robin.reload().await;
    robin.sees_row(&["Juniper Hall", "Harbor Distribution", "Germany", "hall.example"]);
    robin.follow("Juniper Hall").await;
    robin.press("Approve").await;
    sam.follow("Done").await;
    sam.follow("Account").await;
    sam.sees("Special qualifications Education");
}

#[actix_web::test]
async fn the_domain_of_the_mailbox_stands_for_a_website_that_was_not_typed() {
    let portal = Portal::open().await;
    let (_, mut robin) = operator(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.choose("Special qualifications", "Education");
    to_review(&mut sam).await;
    sam.press("Submit").await;
    robin.visit("/operator/qualifications").await;
    robin.sees_row(&["Juniper Hall", "juniper.example"]);
}

#[actix_web::test]
async fn of_two_new_customers_with_the_last_use_of_a_code_one_is_added() {
    let portal = Portal::open().await;
    let (provider, mut sam, mut robin) = summit(&portal).await;
    issues(&mut robin, &provider, ("GCC-1", "1")).await;
    let mut ada = portal.browser_in(&provider, &[Role::AdminAgent]).await;
    for (browser, city) in [(&mut sam, "ash"), (&mut ada, "elm")] {
        browser.visit("/customers/new").await;
        fill_account(browser, &format!("City of {city}"), city);
        browser.fill("ZIP/Postal code", "98052").choose("State/province", "Washington");
        browser.choose("Special qualifications", "Government Community Cloud");
        browser.fill("Validation code", "GCC-2").press("Next: Subscriptions").await;
        browser.sees_problem("Validation code", "Your organization has no such validation code.");
        browser.fill("Validation code", "GCC-1");
        to_review(browser).await;
    }
    join_all([sam.press("Submit"), ada.press("Submit")]).await;
    let told = [sam.text(), ada.text()];
    assert_eq!(told.iter().filter(|text| text.contains("This validation code is used up")).count(), 1);
    assert_eq!(told.iter().filter(|text| text.contains("Customer account created")).count(), 1, "{told:?}");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1);
    assert_eq!(portal.database.number("SELECT used FROM validation_codes"), 1);
}
