//! A company that has an account here: who may speak for it, and what accepting does.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;

use super::{ADA, ADMINISTRATION, accept_for, asked, count, is_contact, link_in, proved};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Summit, another provider, has the customer Alder, whose primary contact Ada is or is not.
async fn elsewhere(portal: &Portal, is_adas: bool) -> CustomerId {
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let alder = portal.has_customer_of(&summit, "Alder").await;
    if is_adas {
        is_contact(portal, &alder);
    }
    alder
}

/// Brightwater IT invites Ada for Harbor and itself; the link is out of the letter.
async fn invited(portal: &Portal) -> (Organisation, String) {
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/providers").await;
    olga.follow("Invite new customers of Harbor Distribution").await;
    olga.fill("Company’s email address", ADA).check(ADMINISTRATION).press("Send").await;
    portal.carry_mail().await;
    (brightwater, link_in(&portal.letter_to(ADA)))
}

async fn names(ada: &mut Browser, domain: &str) {
    ada.fill("Primary domain name", domain).press("Continue").await;
}

#[actix_web::test]
async fn nobody_learns_of_a_company_by_its_domain() {
    let portal = Portal::open().await;
    elsewhere(&portal, false).await;
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    let mut seen = Vec::new();
    for domain in ["alder", "birch"] {
        ada.visit(&link).await;
        names(&mut ada, domain).await;
        assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
        ada.sees_problem("Primary domain name", "you cannot accept for a company of this domain");
        seen.push(ada.text().replace(domain, "…"));
    }
    assert_eq!(seen[0], seen[1], "known and unknown look alike");
    // A forged acceptance opens nothing either.
    let fields =
        [("domain", "alder.onmicrosoft.com"), ("first_name", "A"), ("last_name", "F"), ("consent", "yes")];
    ada.post(&format!("{link}/acceptance"), &fields).await;
    assert_eq!((count(&portal, "open"), portal.database.number("SELECT count(*) FROM customers")), (1, 1));
}

#[actix_web::test]
async fn a_company_of_another_provider_gets_a_second_account_and_stays_one_company() {
    let portal = Portal::open().await;
    let alder = elsewhere(&portal, true).await;
    let (mut alma, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    names(&mut ada, "Alder.onmicrosoft.com").await;
    ada.sees_heading("Accept for Alder").sees("Kaistr. 1").sees("gets an account of your company");
    accept_for(&mut ada, "Alder").await;
    ada.sees_heading("This link has been used").sees_not("Temporary password");
    let accounts = format!("SELECT count(*) FROM customers WHERE tenant_id = '{alder}'");
    assert_eq!(portal.database.number(&accounts), 2);
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE kind = 'customer'"), 1);
    alma.visit("/customers").await;
    alma.sees_row(&["Alder", "alder.onmicrosoft.com"]);
}

#[actix_web::test]
async fn whoever_corrects_the_primary_contact_lets_no_partner_in() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let alder = portal.has_customer_of(&summit, "Alder").await;
    // Somebody of Summit calls Ada the contact of its customer. Whoever was named first still speaks for it.
    let mut sid = portal.browser_in(&summit, &[Role::AdminAgent]).await;
    sid.visit(&format!("/customers/{alder}/account/contact")).await;
    sid.fill("Email address", ADA).press("Save").await;
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    names(&mut ada, "alder").await;
    ada.sees_problem("Primary domain name", "you cannot accept for a company of this domain");
}

#[actix_web::test]
async fn an_account_that_ended_or_is_not_administered_makes_nobody_a_speaker() {
    let portal = Portal::open().await;
    elsewhere(&portal, true).await;
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    for change in ["is_delegated = FALSE", "is_delegated = TRUE, ended_at = CURRENT_TIMESTAMP"] {
        portal.database.change(&format!("UPDATE customers SET {change}"));
        ada.visit(&link).await;
        names(&mut ada, "alder").await;
        ada.sees_problem("Primary domain name", "you cannot accept for a company of this domain");
    }
}

#[actix_web::test]
async fn a_customer_of_the_same_provider_gets_the_reseller_and_nothing_is_doubled() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    is_contact(&portal, &alder);
    let (brightwater, link) = invited(&portal).await;
    let mut ada = proved(&portal, &link).await;
    names(&mut ada, "alder").await;
    ada.sees("Your company is a customer of Harbor Distribution since");
    accept_for(&mut ada, "Alder").await;
    ada.sees_heading("This link has been used");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1);
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit("/customers").await;
    olga.sees_row(&["Alder", "Harbor Distribution"]);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.sees_row(&["Alder", "Through Brightwater IT"]);
    let told = "SELECT count(*) FROM notifications WHERE kind = 'customer_joined'";
    assert_eq!(portal.database.number(told), 1);
}

#[actix_web::test]
async fn what_has_ended_is_taken_up_by_the_provider_alone_who_is_told_once() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let user_name = portal.has_admin(&alder).await;
    portal.database.change("UPDATE customers SET ended_at = CURRENT_TIMESTAMP");
    let (_, link) = invited(&portal).await;
    let mut cora = portal.signed_in(&user_name).await;
    cora.visit(&link).await;
    cora.follow("Go on for Alder").await;
    cora.sees("Only Harbor Distribution can reinstate it");
    for _ in 0..2 {
        cora.fill("First name", "Cora").fill("Last name", "Customer");
        cora.check("I have read what accepting means, and accept it for Alder.")
            .press("Tell the provider")
            .await;
        cora.sees("Harbor Distribution has been told that you want to be its customer again.");
    }
    let told = "SELECT count(*) FROM notifications WHERE kind = 'reinstatement_wanted'";
    assert_eq!((portal.database.number(told), count(&portal, "open")), (1, 1));
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 0);
    // Once the provider has taken it up, the same link works.
    portal.database.change("UPDATE customers SET ended_at = NULL");
    cora.visit(&link).await;
    cora.follow("Go on for Alder").await;
    accept_for(&mut cora, "Alder").await;
    cora.sees_heading("This link has been used");
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ended_at IS NULL"), 1);
}

#[actix_web::test]
async fn the_administrator_of_a_company_accepts_without_a_code() {
    let portal = Portal::open().await;
    let alder = elsewhere(&portal, false).await;
    let user_name = portal.has_admin(&alder).await;
    let (_, link) = asked(&portal).await;
    let mut cora = portal.signed_in(&user_name).await;
    cora.visit(&link).await;
    cora.sees("You are signed in for Alder");
    cora.follow("Go on for Alder").await;
    accept_for(&mut cora, "Alder").await;
    cora.sees_heading("This link has been used");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 2);
}

#[actix_web::test]
async fn a_company_in_another_region_cannot_become_a_customer() {
    let portal = Portal::open().await;
    elsewhere(&portal, true).await;
    portal.database.change("UPDATE customers SET country = 'JP'");
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    names(&mut ada, "alder").await;
    ada.sees("your company sits elsewhere, so it cannot become a customer").sees_no_button("Accept");
}

#[actix_web::test]
async fn what_the_company_took_away_it_gives_again_signed_in_and_by_no_mailbox() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    is_contact(&portal, &alder);
    let user_name = portal.has_admin(&alder).await;
    let (brightwater, link) = invited(&portal).await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut cora = portal.signed_in(&user_name).await;
    cora.visit("/own/partners").await;
    cora.follow("Remove delegated admin of Brightwater IT").await;
    cora.press("Remove delegated admin").await;
    let mut ada = proved(&portal, &link).await;
    names(&mut ada, "alder").await;
    ada.sees_problem("Primary domain name", "you cannot accept for a company of this domain");
    let lasting = "SELECT count(*) FROM delegations WHERE ended_at IS NULL";
    assert_eq!(portal.database.number(lasting), 0);
    // Signed in, it is the company itself; nothing stands against the reseller then, whenever that ends.
    cora.visit(&link).await;
    cora.follow("Go on for Alder").await;
    accept_for(&mut cora, "Alder").await;
    cora.sees_heading("This link has been used");
    assert_eq!(portal.database.number(lasting), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE is_revoked"), 0);
}

#[actix_web::test]
async fn whom_one_provider_named_speaks_for_no_other_ones_account() {
    let portal = Portal::open().await;
    // Harbor added Alder with Ada as its contact; Alder took delegated admin from Harbor, and not from Summit.
    let alder = portal.has_customer("Alder").await;
    is_contact(&portal, &alder);
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let other = portal.has_customer_of(&summit, "Birch").await;
    portal.database.change(&format!(
        "UPDATE customers SET is_delegated = FALSE, undelegated_at = CURRENT_TIMESTAMP WHERE id = '{alder}'"
    ));
    portal.database.change(&format!(
        "UPDATE customers SET tenant_id = '{alder}', domain = 'alder.onmicrosoft.com' WHERE id = '{other}'"
    ));
    let (_, link) = asked(&portal).await;
    let mut ada = proved(&portal, &link).await;
    names(&mut ada, "alder").await;
    ada.sees_problem("Primary domain name", "you cannot accept for a company of this domain");
}

#[actix_web::test]
async fn what_the_own_provider_keeps_is_shown_and_named() {
    let portal = Portal::open().await;
    let first = elsewhere(&portal, false).await;
    let user_name = portal.has_admin(&first).await;
    let own = portal.has_customer("Birch").await;
    portal.database.change(&format!("UPDATE customers SET tenant_id = '{first}' WHERE id = '{own}'"));
    let (brightwater, link) = invited(&portal).await;
    let mut cora = portal.signed_in(&user_name).await;
    cora.visit(&link).await;
    cora.follow("Go on for Alder").await;
    cora.sees_heading("Accept for Birch");
    accept_for(&mut cora, "Birch").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit("/customers?search=birch").await;
    olga.sees_row(&["Birch", "Harbor Distribution"]);
}
