//! Letters about customers: who looks after them, what they are asked for, what was decided, and how it ends.

use twotier::access::{OrganisationKind, Role};
use twotier::notifications::store::tell_of_visitor;
use twotier::notifications::{Event, Kind};
use twotier::partners::model::Organisation;
use twotier::values::moment::Moment;

use super::letters::{ADA, TYPED, is_read, link_in, reader_of_it};
use super::{PSEUDO, Reader, everybody_reads_it, said};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The primary contact of customers.
const CORA: &str = "cora@customer.example";

#[actix_web::test]
async fn no_letter_about_another_reseller_has_english_left() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let olga = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let nora = portal.add_person(&newleaf, &[Role::GlobalAdmin]).await;
    let contoso = portal.has_customer("Contoso").await;
    let delegation = portal.has_delegation(&contoso, &brightwater).await;
    let (mut ada, _) = among_others(&portal, &portal.harbor).await;
    ada.visit(&format!("/customers/{contoso}/relationships/{delegation}/change")).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").press("See the consequences").await;
    ada.press("Change reseller").await;
    ada.sees("Newleaf administers this customer from now on");
    portal.carry_mail().await;
    for email in [olga.as_str(), nora.as_str(), CORA] {
        are_read(&portal, email, "delegation_letter");
    }
}

#[actix_web::test]
async fn no_letter_about_many_customers_has_english_left() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let olga = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let nora = portal.add_person(&newleaf, &[Role::GlobalAdmin]).await;
    for name in ["Contoso", "Fabrikam"] {
        portal.has_delegation(&portal.has_customer(name).await, &brightwater).await;
    }
    let (mut ada, email) = among_others(&portal, &portal.harbor).await;
    ada.visit("/customers").await;
    ada.check("Select Contoso").check("Select Fabrikam").press("Select ticked").await;
    ada.follow("Associate or change reseller").await;
    ada.choose("What changes", "A reseller takes the place of a former one");
    ada.choose("Indirect reseller (optional)", "Newleaf (MPN ID 5910444)");
    ada.choose("Former reseller (optional)", "Brightwater IT (MPN ID 4810233)");
    ada.press("See the consequences").await;
    ada.press("Begin").await;
    everybody_reads_it(&portal);
    portal.does("hand_customers_over", Moment::now()).await;
    portal.carry_mail().await;
    for (email, kind) in
        [(&olga, "handover_summary"), (&nora, "handover_summary"), (&email, "handover_ended")]
    {
        are_read(&portal, email, kind);
    }
}

#[actix_web::test]
async fn no_letter_about_an_end_has_english_left() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let olga = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let contoso = portal.has_customer("Contoso").await;
    portal.has_delegation(&contoso, &brightwater).await;
    let (mut ada, _) = among_others(&portal, &portal.harbor).await;
    ada.visit(&format!("/customers/{contoso}/end")).await;
    ada.press("Go on").await;
    ada.press("End the relationship").await;
    ada.sees("The relationship with Contoso has ended.");
    portal.carry_mail().await;
    are_read(&portal, CORA, "relationship_ended");
    are_read(&portal, &olga, "digest");
}

#[actix_web::test]
async fn no_letter_about_a_qualification_has_english_left() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    for verdict in ["Approve", "Deny"] {
        let juniper = portal
            .has_customer_at(&portal.harbor, TYPED, &format!("{}.example", verdict.to_lowercase()))
            .await;
        let (mut sam, email) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
        sam.visit(&format!("/customers/{juniper}/qualification")).await;
        sam.fill(&said("Website of the institution"), "juniper.example");
        sam.press(&said("Save and continue")).await;
        let (mut robin, _) = reader_of_it(&portal, &operator, Role::GlobalAdmin).await;
        robin.visit("/operator/qualifications").await;
        robin.follow(TYPED).await;
        robin.fill(&said("Reason"), TYPED).press(&said(verdict)).await;
        portal.carry_mail().await;
        are_read(&portal, &email, "qualification_decided");
    }
}

#[actix_web::test]
async fn no_letter_about_an_agreement_that_was_accepted_has_english_left() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let (mut sam, email) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
    sam.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    sam.press(&said("Send")).await;
    let link = link_in(&is_read(&portal, CORA).await, "/consents/");
    let answer = [("first_name", TYPED), ("last_name", TYPED), ("consent", "yes")];
    portal.browser().post(&format!("{link}/acceptance"), &answer).await;
    portal.carry_mail().await;
    are_read(&portal, &email, "agreement_answer");
}

#[actix_web::test]
async fn neither_the_pages_nor_the_letters_of_an_invitation_have_english_left() {
    let portal = Portal::open().await;
    let (mut alma, email) = reader_of_it(&portal, &portal.harbor, Role::AdminAgent).await;
    alma.visit("/customer-requests/new").await;
    alma.fill(&said("Company’s email address"), ADA).press(&said("Send")).await;
    let link = link_in(&is_read(&portal, ADA).await, "/customer-invitations/");
    portal.database.change("UPDATE customer_requests SET sent_at = '2026-01-01 12:00:00'");
    let place = alma.path().to_owned();
    alma.post(&format!("{place}/reminder"), &[]).await;
    is_read(&portal, ADA).await;
    are_read(&portal, ADA, "customer_request_reminder");
    accepts(&portal, &link).await;
    portal.carry_mail().await;
    are_read(&portal, &email, "customer_request_answer");
}

/// A company that is new here accepts, and reads all pages behind its link.
async fn accepts(portal: &Portal, link: &str) {
    let mut ada = portal.browser();
    ada.set_cookie("twotier-language", PSEUDO);
    ada.visit(link).await;
    is_translated(portal, &ada);
    ada.press(&said("Mail a code")).await;
    is_translated(portal, &ada);
    let letter = is_read(portal, ADA).await;
    let is_code = |line: &&str| line.len() == 9 && line.get(4..5) == Some("-");
    ada.fill(&said("Code"), letter.lines().find(is_code).expect("a code"));
    ada.press(&said("Continue")).await;
    is_translated(portal, &ada);
    ada.visit(&format!("{link}/account?domain=nobody.example")).await;
    is_translated(portal, &ada);
    ada.visit(&format!("{link}/company")).await;
    is_translated(portal, &ada);
    ada.fill(&said("Company name"), TYPED).fill(&said("Primary domain name"), "juniperhall");
    for (label, value) in
        [("Address line 1", "12 Mill Lane"), ("City", "Hamburg"), ("ZIP/Postal code", "20095")]
    {
        ada.fill(&said(label), value);
    }
    let mut contact = ada.within(&said("Primary contact"));
    contact.fill(&said("First name"), TYPED).fill(&said("Last name"), TYPED);
    contact.fill(&said("Email address"), ADA);
    drop(contact);
    ada.check(&said("I have read what accepting means, and accept it for my company."));
    ada.press(&said("Accept and set up the account")).await;
    ada.sees(&said("This link has been used"));
    is_translated(portal, &ada);
}

#[actix_web::test]
async fn no_digest_of_anything_has_english_left() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    let contoso = portal.has_customer("Contoso").await;
    let mut told = 0;
    for organisation in [&portal.harbor, &brightwater, &operator] {
        let (_, email) = reader_of_it(&portal, organisation, Role::GlobalAdmin).await;
        let id = organisation.id;
        // Whom a kind does not concern is not told.
        for (old, new) in [("", ""), (TYPED, "approved")] {
            portal
                .query(move |conn| {
                    for kind in Kind::ALL {
                        let event = Event::about_customer(*kind, &contoso, TYPED).changed(old, new);
                        tell_of_visitor(conn, &id, (TYPED, TYPED), &event, Moment::now())?;
                    }
                    Ok(())
                })
                .await;
        }
        is_read(&portal, &email).await;
        told += Kind::all_for(organisation.kind, &[Role::GlobalAdmin]).len();
    }
    assert_eq!(told, Kind::ALL.len(), "each concerns somebody");
}

/// Somebody who reads English among others who read that language, as customers do, too.
async fn among_others(portal: &Portal, organisation: &Organisation) -> (Browser, String) {
    let (browser, email) = reader_of_it(portal, organisation, Role::AdminAgent).await;
    portal.database.change(&format!("UPDATE people SET language = 'en' WHERE email = '{email}'"));
    portal.database.change(&format!("UPDATE customers SET culture = '{PSEUDO}'"));
    (browser, email)
}

/// Every letter to an address is in that language, and one of them is of this kind.
#[track_caller]
fn are_read(portal: &Portal, email: &str, kind: &str) {
    let kinds =
        format!("SELECT subject_kind AS text FROM letters WHERE to_email = '{email}' AND state = 'sent'");
    let kinds = portal.database.texts(&kinds);
    assert!(kinds.iter().any(|of| of == kind), "no {kind} to {email}, but {kinds:?}");
    let reader = Reader::of(portal);
    for letter in portal.letters().iter().filter(|letter| letter.to_email.as_str() == email) {
        let is_in_it = letter.body_html.contains(&format!("<html lang=\"{PSEUDO}\""));
        assert!(is_in_it, "{}: {}", letter.subject, letter.body_text);
        let english = reader.left_in_letter(letter);
        assert!(english.is_empty(), "{}:\n{}", letter.subject, english.join("\n"));
    }
}

#[track_caller]
fn is_translated(portal: &Portal, browser: &Browser) {
    let english = Reader::of(portal).left(browser.page().root());
    assert!(english.is_empty(), "{}:\n{}", browser.path(), english.join("\n"));
}
