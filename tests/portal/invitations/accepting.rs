//! A company that is new here sets up its account and accepts.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{ADA, FOR_MINE, asked, count, drafted, link_in, new_company, proved};
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_new_company_becomes_a_customer_and_its_administrator_signs_in() {
    let portal = Portal::open().await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = new_company(&portal, &link).await;
    ada.press("Accept and set up the account").await;
    ada.sees_heading("This link has been used")
        .sees("admin@juniperhall.onmicrosoft.com")
        .sees("Note both now.");
    let text = ada.text();
    let password = text.split("Temporary password").nth(1).expect("a password");
    let password = password.split_whitespace().next().expect("a password").to_owned();
    ada.reload().await;
    ada.sees_not(&password).sees_not("Temporary password");
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letters().pop().expect("a letter");
    assert_eq!(letter.subject, "Juniper Hall accepted your customer request");
    alma.visit("/customers").await;
    alma.sees_row(&["Juniper Hall", "juniperhall.onmicrosoft.com", "Direct"]);
    alma.visit("/customer-requests").await;
    alma.sees_row(&[ADA, "Accepted for Juniper Hall"]);
    alma.follow(ADA).await;
    alma.sees("Ada Finch accepted for Juniper Hall.");
    alma.follow("go to its account").await;
    alma.sees_heading("Juniper Hall");
    alma.visit("/activity").await;
    alma.sees_row(&["Juniper Hall", "Become a customer by a request", "Ada Finch"]);
    let mut cora = portal.browser();
    cora.visit("/sign-in").await;
    cora.fill("Email address", "admin@juniperhall.onmicrosoft.com").fill("Password", &password);
    cora.press("Sign in").await;
    assert!(cora.path().starts_with("/password"), "it has to be changed first: {}", cora.path());
}

#[actix_web::test]
async fn without_administration_the_provider_does_not_administer() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal, Role::SalesAgent).await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let mut ada = new_company(&portal, &link_in(&portal.letter_to(ADA))).await;
    ada.press("Accept and set up the account").await;
    ada.sees_heading("This link has been used");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers WHERE NOT is_delegated"), 1);
}

#[actix_web::test]
async fn a_domain_that_is_taken_is_told_at_its_field_and_nothing_is_kept() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    portal.has_customer("Juniper Hall").await;
    let mut ada = new_company(&portal, &link).await;
    ada.press("Accept and set up the account").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Primary domain name", "This is taken.");
    assert_eq!(ada.field("City"), "Hamburg", "everything typed stays");
    assert_eq!((count(&portal, "open"), portal.database.number("SELECT count(*) FROM customers")), (1, 1));
    ada.fill("Primary domain name", "juniperhalls").press("Accept and set up the account").await;
    ada.sees_heading("This link has been used");
}

#[actix_web::test]
async fn the_rules_of_the_country_hold() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    ada.follow("Set up an account").await;
    assert_eq!(ada.field("Email address"), ADA);
    ada.press("Accept and set up the account").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Company name", "Enter").sees_problem(FOR_MINE, "");
    ada.choose("Country/region", "France").press("Update fields for this country").await;
    assert_eq!(ada.status(), StatusCode::OK);
    assert_eq!(count(&portal, "open"), 1);
}

#[actix_web::test]
async fn a_published_customer_agreement_is_accepted_with_it() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    robin.visit("/operator/customer-agreements/new").await;
    robin.fill("Text", "# Scope\n\nYou use the cloud.").press("Preview").await;
    robin.press("Yes, publish version 1").await;
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    ada.follow("Set up an account").await;
    ada.sees("You use the cloud.");
    crate::support::fixtures::fill_account(&mut ada, "Juniper Hall", "juniperhall");
    ada.check(
        "I have read what accepting means and the customer agreement, version 1, and accept both for my company.",
    );
    // A newer one holds before she presses.
    robin.visit("/operator/customer-agreements/new").await;
    robin.fill("Text", "# Scope\n\nYou use it well.").press("Preview").await;
    robin.press("Yes, publish version 2").await;
    ada.press("Accept and set up the account").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("A newer version was published while you were reading.").sees("You use it well.");
    ada.check(
        "I have read what accepting means and the customer agreement, version 2, and accept both for my company.",
    );
    ada.press("Accept and set up the account").await;
    ada.sees_heading("This link has been used");
    let accepted = "SELECT count(*) FROM customers WHERE agreement = 'accepted' AND agreement_version = 2";
    assert_eq!(portal.database.number(accepted), 1);
}

#[actix_web::test]
async fn what_was_asked_for_by_another_link_is_answered_with_it() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    crate::support::fixtures::publish_in(&mut robin, ("", "en"), "You use the cloud.").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let user_name = portal.has_admin(&alder).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.press("Ask the customer to accept the customer agreement").await;
    sam.press("Send").await;
    let (_, link) = asked(&portal).await;
    let mut cora = portal.signed_in(&user_name).await;
    cora.visit(&link).await;
    cora.follow("Go on for Alder").await;
    cora.fill("First name", "Cora").fill("Last name", "Customer");
    cora.check(
        "I have read what accepting means and the customer agreement, version 1, and accept both for Alder.",
    );
    cora.press("Accept").await;
    cora.sees_heading("This link has been used");
    assert_eq!(portal.database.number("SELECT count(*) FROM agreement_requests WHERE state = 'accepted'"), 1);
}

#[actix_web::test]
async fn the_form_opens_for_nobody_who_has_not_proved_the_mailbox() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut other = portal.browser();
    for page in ["company", "account?domain=juniperhall"] {
        other.visit(&format!("{link}/{page}")).await;
        other.sees("First, prove that you read ada@juniper.example");
    }
    for deed in ["company", "acceptance"] {
        other.post(&format!("{link}/{deed}"), &[("domain", "juniperhall"), ("consent", "yes")]).await;
        other.sees("First, prove that you read ada@juniper.example");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 0);
}
