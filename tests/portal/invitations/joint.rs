//! A reseller's Invite new customers: a request for its provider and for itself.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::partners::model::Organisation;

use super::{ADA, ADMINISTRATION, link_in, new_company};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Olga, an Admin agent of Brightwater IT, which is Harbor's partner, has invited Ada.
async fn invited(portal: &Portal) -> (Organisation, Browser, String) {
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/providers").await;
    olga.follow("Invite new customers of Harbor Distribution").await;
    olga.sees_heading("Invite new customers").sees("a customer of Harbor Distribution, and yours");
    olga.fill("Company’s email address", ADA).check(ADMINISTRATION).press("Send").await;
    olga.sees("The request is on its way to ada@juniper.example.");
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(ADA));
    (brightwater, olga, link)
}

#[actix_web::test]
async fn both_see_the_request_and_only_the_reseller_looks_after_it() {
    let portal = Portal::open().await;
    let (_, mut olga, link) = invited(&portal).await;
    let letter = portal.letter_to(ADA);
    assert!(letter.body_text.contains("billed by our indirect provider, Harbor Distribution"));
    olga.visit("/customer-requests").await;
    olga.sees_row(&[ADA, "Open", "Harbor Distribution", "Included", "Sent"]);
    let mut alma = portal.browser_of(Role::AdminAgent).await;
    alma.visit("/customer-requests").await;
    alma.sees_row(&[ADA, "Open", "Brightwater IT", "Included", "Sent by the reseller"]);
    alma.follow(ADA).await;
    alma.sees_no_button("Resend").sees_no_link("Revoke").sees_not("The text");
    let place = alma.path().to_owned();
    for deed in ["text", "delivery", "link", "reminder", "revocation"] {
        alma.stay().post(&format!("{place}/{deed}"), &[]).await;
        assert_eq!(alma.status(), StatusCode::NOT_FOUND, "{deed}");
    }
    alma.visit("/activity").await;
    alma.sees_row(&["Request a reseller relationship"]);
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees_heading("Brightwater IT asks to work for your company")
        .sees("Brightwater IT administers your account");
}

#[actix_web::test]
async fn a_new_company_is_administered_by_both_who_see_it_from_then_on() {
    let portal = Portal::open().await;
    let (_, mut olga, link) = invited(&portal).await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut ada = new_company(&portal, &link).await;
    ada.press("Accept and set up the account").await;
    ada.sees("Temporary password");
    olga.visit("/customers").await;
    olga.sees_row(&["Juniper Hall", "Harbor Distribution"]);
    olga.follow("Juniper Hall").await;
    olga.follow("Account").await;
    assert_eq!(olga.status(), StatusCode::OK);
    olga.sees_heading("Juniper Hall").sees("juniperhall.onmicrosoft.com");
    let mut alma = portal.browser_of(Role::AdminAgent).await;
    alma.visit("/customers").await;
    alma.sees_row(&["Juniper Hall", "Through Brightwater IT"]);
    for given in ["delegations WHERE ended_at IS NULL", "customers WHERE is_delegated"] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {given}")), 1, "{given}");
    }
    // The provider is told what its reseller has brought it.
    portal.carry_mail().await;
    let letter = portal.letter_to(&sam).body_text;
    assert!(letter.contains("accepted the request of one of your resellers for Juniper Hall"), "{letter}");
}

#[actix_web::test]
async fn without_administration_the_reseller_is_told_whose_customer_it_is() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/providers").await;
    olga.follow("Invite new customers of Harbor Distribution").await;
    olga.fill("Company’s email address", ADA).press("Send").await;
    portal.carry_mail().await;
    let mut ada = new_company(&portal, &link_in(&portal.letter_to(ADA))).await;
    ada.press("Accept and set up the account").await;
    portal.carry_mail().await;
    let answers: Vec<_> =
        portal.letters().into_iter().filter(|letter| letter.subject.contains("accepted your")).collect();
    assert_eq!(answers.len(), 1);
    assert!(
        answers[0].body_text.contains("is a customer of Harbor Distribution now"),
        "{}",
        answers[0].body_text
    );
    olga.visit("/customer-requests").await;
    olga.follow(ADA).await;
    olga.sees("It is a customer of Harbor Distribution now.").sees_no_link("go to its account");
    let customer = portal.database.texts("SELECT id AS text FROM customers").remove(0);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/relationships")).await;
    sam.sees_row(&["Brightwater IT", "Without delegated admin"]);
}

#[actix_web::test]
async fn whoever_is_no_provider_of_the_reseller_does_not_exist() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    for provider in [portal.harbor.id.to_string(), "nonsense".to_owned(), String::new()] {
        olga.stay().visit(&format!("/customer-requests/new?provider={provider}")).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{provider}");
    }
}

#[actix_web::test]
async fn a_partnership_that_was_removed_keeps_it_from_being_sent_and_accepted() {
    let portal = Portal::open().await;
    let (_, mut olga, link) = invited(&portal).await;
    portal.has_removed_partnerships().await;
    olga.visit("/customer-requests").await;
    olga.follow(ADA).await;
    olga.sees("The partnership of provider and reseller was removed.");
    olga.press("Resend").await;
    olga.press("Send").await;
    assert_eq!(olga.status(), StatusCode::UNPROCESSABLE_ENTITY);
    olga.sees("Until then no request can be made or sent.");
    assert_eq!(portal.carry_mail().await, 0);
    let mut ada = portal.browser();
    ada.stay().visit(&link).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND, "it has another link by now");
}

#[actix_web::test]
async fn while_one_of_them_is_suspended_nobody_accepts() {
    let portal = Portal::open().await;
    let (brightwater, mut olga, link) = invited(&portal).await;
    let mut ada = portal.browser();
    for organisation in [&brightwater, &portal.harbor] {
        portal.has_suspended(organisation, "60 days overdue.").await;
        ada.visit(&link).await;
        ada.sees_heading("Brightwater IT asks to work for your company");
        ada.sees("This cannot be accepted now").sees_no_button("Mail a code").sees_not("60 days");
        portal.database.change("UPDATE organisations SET state = 'enrolled'");
    }
    ada.reload().await;
    ada.sees_button("Mail a code");
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    ada.press("Mail a code").await;
    ada.sees("This cannot be accepted now");
    assert_eq!(portal.carry_mail().await, 0);
    olga.visit("/customer-requests").await;
    olga.follow(ADA).await;
    olga.sees("The indirect provider is suspended.");
}
