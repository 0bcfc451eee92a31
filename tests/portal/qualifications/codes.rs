//! Validation codes: issued and closed by the operator, each good for so many customers of one provider.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::values::id::CustomerId;

use super::{issues, summit};
use crate::operator::operator;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

async fn in_america(portal: &Portal, customer: &CustomerId) -> String {
    portal.database.change("UPDATE customers SET country = 'US'");
    format!("/customers/{customer}/qualification")
}

/// The choice of the form, with its hint.
pub const GOVERNMENT: &str =
    "Government Community CloudTakes a validation code of your organization, and counts at once.";

async fn joins(sam: &mut Browser, path: &str, code: &str) {
    sam.visit(path).await;
    sam.check(GOVERNMENT).fill("Validation code", code).press("Save and continue").await;
}

#[actix_web::test]
async fn a_code_lets_in_as_many_customers_as_it_is_good_for() {
    let portal = Portal::open().await;
    let (provider, mut sam, mut robin) = summit(&portal).await;
    let (first, second) = (
        portal.has_customer_of(&provider, "City of Ash").await,
        portal.has_customer_of(&provider, "City of Elm").await,
    );
    let (first, second) = (in_america(&portal, &first).await, in_america(&portal, &second).await);
    joins(&mut sam, &first, "GCC-1").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Validation code", "Your organization has no such validation code.");
    assert_eq!(sam.field("Validation code"), "GCC-1");
    issues(&mut robin, &provider, ("GCC-1", "1")).await;
    robin.sees("The validation code GCC-1 is issued.").sees_row(&["GCC-1", "Open", "0", "1"]);
    joins(&mut sam, &first, "GCC-1").await;
    sam.sees("Its offers are open.").sees("Counts as Government Community Cloud").sees("GCC-1");
    joins(&mut sam, &second, "GCC-1").await;
    sam.sees_problem("Validation code", "This validation code is used up: it was good for 1 customer.");
    // Whoever was counted comes back without being counted again.
    sam.visit(&format!("{first}/end")).await;
    sam.press("Go back to None").await;
    sam.sees("Counts as None");
    joins(&mut sam, &first, "GCC-1").await;
    sam.sees("Counts as Government Community Cloud");
    robin.reload().await;
    robin.sees_row(&["GCC-1", "Used up", "1", "1"]);
    sam.visit("/activity").await;
    sam.sees("Issue a validation code").sees("Set a special qualification");
}

#[actix_web::test]
async fn of_two_with_the_last_use_one_comes_in() {
    let portal = Portal::open().await;
    let (provider, mut sam, mut robin) = summit(&portal).await;
    issues(&mut robin, &provider, ("GCC-1", "1")).await;
    let (ash, elm) = (
        portal.has_customer_of(&provider, "City of Ash").await,
        portal.has_customer_of(&provider, "City of Elm").await,
    );
    let (ash, elm) = (in_america(&portal, &ash).await, in_america(&portal, &elm).await);
    let mut ada = portal.browser_in(&provider, &[Role::AdminAgent]).await;
    join_all([joins(&mut sam, &ash, "GCC-1"), joins(&mut ada, &elm, "GCC-1")]).await;
    let statuses = [sam.status(), ada.status()];
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count(), 1);
    assert_eq!(
        portal.database.number("SELECT count(*) FROM customers WHERE qualification = 'government'"),
        1
    );
    assert_eq!(portal.database.number("SELECT used FROM validation_codes"), 1);
}

#[actix_web::test]
async fn a_closed_code_lets_nobody_in_and_throws_nobody_out() {
    let portal = Portal::open().await;
    let (provider, mut sam, mut robin) = summit(&portal).await;
    issues(&mut robin, &provider, ("GCC-1", "5")).await;
    let (ash, elm) = (
        portal.has_customer_of(&provider, "City of Ash").await,
        portal.has_customer_of(&provider, "City of Elm").await,
    );
    let (ash, elm) = (in_america(&portal, &ash).await, in_america(&portal, &elm).await);
    joins(&mut sam, &ash, "GCC-1").await;
    robin.follow("Close the code GCC-1").await;
    robin.sees("1 customer came in by it, and stays.").sees("4 customers more could have come.");
    let mut again = robin.duplicate();
    robin.press("Close the code").await;
    robin.sees("The validation code GCC-1 is closed.").sees_row(&["GCC-1", "Closed", "1", "5"]);
    again.press("Close the code").await;
    again.sees("Nothing was changed");
    joins(&mut sam, &elm, "GCC-1").await;
    sam.sees_problem("Validation code", "This validation code was closed");
    sam.visit(&ash).await;
    sam.sees("Counts as Government Community Cloud");
}

#[actix_web::test]
async fn a_code_is_its_providers_own_and_written_once() {
    let portal = Portal::open().await;
    let (provider, mut sam, mut robin) = summit(&portal).await;
    issues(&mut robin, &portal.harbor.clone(), ("GCC-1", "5")).await;
    let ash = portal.has_customer_of(&provider, "City of Ash").await;
    let ash = in_america(&portal, &ash).await;
    joins(&mut sam, &ash, "GCC-1").await;
    sam.sees_problem("Validation code", "Your organization has no such validation code.");
    issues(&mut robin, &provider, ("GCC-1", "")).await;
    robin.sees_problem("Number of customers", "Enter the number of customers.");
    issues(&mut robin, &provider, ("GCC-1", "2")).await;
    issues(&mut robin, &provider, ("GCC-1", "3")).await;
    assert_eq!(robin.status(), StatusCode::UNPROCESSABLE_ENTITY);
    robin.sees_problem("Validation code", "This is taken.");
}

#[actix_web::test]
async fn only_providers_have_codes_and_only_america_takes_them() {
    let portal = Portal::open().await;
    let (organisation, mut robin) = operator(&portal).await;
    robin.visit(&format!("/operator/organisations/{}/validation-codes", organisation.id)).await;
    assert_eq!(robin.status(), StatusCode::NOT_FOUND);
    robin.visit(&format!("/operator/organisations/{}", portal.harbor.id)).await;
    robin.follow("Validation codes").await;
    robin.sees("No validation codes yet");
    let juniper = portal.has_customer("Juniper Hall").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{juniper}/qualification")).await;
    sam.sees_not("Government Community Cloud").sees_not("Validation code");
}

#[actix_web::test]
async fn a_code_from_before_stays_good_for_whoever_has_it() {
    let portal = Portal::open().await;
    let (provider, mut sam, _) = summit(&portal).await;
    let ash = portal.has_customer_of(&provider, "City of Ash").await;
    let ash = in_america(&portal, &ash).await;
    portal
        .database
        .change("UPDATE customers SET qualification = 'government', validation_code = 'GCC-OLD-7'");
    sam.visit(&ash).await;
    sam.sees("Counts as Government Community Cloud").sees("GCC-OLD-7").sees_link("Go back to None");
}
