//! Letters to people who read that language.

use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::id::PersonId;
use twotier::values::moment::{Moment, days_after};

use super::{PSEUDO, Reader, everybody_reads_it, said};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::{ORIGIN, PASSWORD, Portal};

/// Who has no account yet.
pub const ADA: &str = "ada@acme.example";
/// What people type, in letters that are no English ones.
pub const TYPED: &str = "Кора";

#[actix_web::test]
async fn no_letter_about_an_account_has_english_left() {
    let portal = Portal::open().await;
    let (mut gina, email) = reader_of_it(&portal, &portal.harbor, Role::GlobalAdmin).await;
    sign_in(&mut portal.browser(), &email).await;
    is_read(&portal, &email).await;
    let (id, nora) = (PersonId::new().to_string(), "nora@harbor.example");
    let fields =
        [("id", id.as_str()), ("name", TYPED), ("email", nora), ("roles", "sales_agent"), ("way", "mail")];
    gina.post("/people", &fields).await;
    is_read(&portal, nora).await;
    portal.browser().post("/forgotten-password", &[("email", &email)]).await;
    is_read(&portal, &email).await;
    gina.post("/profile/email", &[("email", "gina@new.example")]).await;
    is_read(&portal, "gina@new.example").await;
    is_read(&portal, &email).await;
}

#[actix_web::test]
async fn no_letter_ahead_of_renewals_has_english_left() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer(TYPED).await;
    for plain in [PlainSubscription::new(TYPED), PlainSubscription::trial(TYPED)] {
        let id = portal.has_subscription(&contoso, plain).await;
        let day = days_after(Moment::now().day(), 5);
        portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}' WHERE id = '{id}'"));
    }
    let (mut sam, email) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
    sam.post("/renewals/letters", &[("days", "30")]).await;
    portal.does("write_renewal_letters", Moment::now()).await;
    is_read(&portal, &email).await;
}

#[actix_web::test]
async fn no_letter_of_the_operator_has_english_left() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let olga = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    let (mut robin, _) = reader_of_it(&portal, &operator, Role::GlobalAdmin).await;
    robin.post("/operator/letters/test", &[("email", ADA)]).await;
    is_read(&portal, ADA).await;
    let at = format!("/operator/organisations/{}", brightwater.id);
    robin.post(&format!("{at}/suspension"), &[("reason", TYPED)]).await;
    is_read(&portal, &olga).await;
    robin.post(&format!("{at}/resumption"), &[]).await;
    is_read(&portal, &olga).await;
}

#[actix_web::test]
async fn no_letter_about_a_partnership_has_english_left() {
    let portal = Portal::open().await;
    let (mut sam, email) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill(&said("Reseller’s email address"), ADA).press(&said("Send")).await;
    let text = is_read(&portal, ADA).await;
    let reseller = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let (mut olga, _) = reader_of_it(&portal, &reseller, Role::AdminAgent).await;
    let link = link_in(&text, "/partnerships/");
    olga.visit(&link).await;
    olga.post(&format!("{link}/refusal"), &[("reason", TYPED)]).await;
    is_read(&portal, &email).await;
}

#[actix_web::test]
async fn no_letter_with_a_code_has_english_left() {
    let portal = Portal::open().await;
    let (mut sam, _) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill(&said("Reseller’s email address"), ADA).check(&said("Only the addressee may accept"));
    sam.press(&said("Send")).await;
    let link = link_in(&is_read(&portal, ADA).await, "/partnerships/");
    let reseller = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let (mut olga, _) = reader_of_it(&portal, &reseller, Role::AdminAgent).await;
    olga.visit(&link).await;
    olga.press(&said("Mail a code")).await;
    let letter = is_read(&portal, ADA).await;
    assert!(!letter.contains(ORIGIN), "a code and no link: {letter}");
}

#[actix_web::test]
async fn no_letter_about_a_customer_request_has_english_left() {
    let portal = Portal::open().await;
    let (mut sam, email) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
    sam.visit("/customer-requests/new").await;
    sam.fill(&said("Company’s email address"), ADA).press(&said("Send")).await;
    let link = link_in(&is_read(&portal, ADA).await, "/customer-invitations/");
    let mut ada = portal.browser();
    ada.post(&format!("{link}/code"), &[]).await;
    is_read(&portal, ADA).await;
    ada.post(&format!("{link}/refusal"), &[("name", TYPED), ("reason", TYPED)]).await;
    is_read(&portal, &email).await;
}

#[actix_web::test]
async fn no_letter_about_a_namesake_has_english_left() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    let robin = portal.add_person(&operator, &[Role::GlobalAdmin]).await;
    portal.has_reseller(TYPED, "DE", "4810233").await;
    let other = portal.has_reseller("Alder IT", "AT", "4810299").await;
    let (mut ada, _) = reader_of_it(&portal, &other, Role::GlobalAdmin).await;
    ada.visit("/organisation/profile").await;
    for (label, value) in [
        ("Legal name", TYPED),
        ("Address line 1", "12 Mill Lane"),
        ("City", "Vienna"),
        ("ZIP/Postal code", "1010"),
        ("First name", TYPED),
        ("Last name", TYPED),
        ("Email address", "bo@alder.example"),
    ] {
        ada.fill(&said(label), value);
    }
    let support = format!("{} {}", said("Support email address"), said("(optional)"));
    ada.fill(&support, "help@alder.example").press(&said("Save")).await;
    is_read(&portal, &robin).await;
}

#[actix_web::test]
async fn no_letter_about_the_customer_agreement_has_english_left() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_no_agreement(&juniper).await;
    let (mut sam, email) = reader_of_it(&portal, &portal.harbor, Role::SalesAgent).await;
    sam.post(&format!("/customers/{juniper}/agreement-request"), &[]).await;
    sam.press(&said("Send")).await;
    let text = is_read(&portal, "cora@customer.example").await;
    let link = link_in(&text, "/consents/");
    let answer = [("refusing_first_name", TYPED), ("refusing_last_name", TYPED), ("reason", TYPED)];
    let mut cora = portal.browser();
    cora.visit(&link).await;
    cora.post(&format!("{link}/refusal"), &answer).await;
    is_read(&portal, &email).await;
}

#[actix_web::test]
async fn no_letter_about_what_others_did_has_english_left() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let olga = portal.add_person(&brightwater, &[Role::AdminAgent]).await;
    let contoso = portal.has_customer("Contoso").await;
    let delegation = portal.has_delegation(&contoso, &brightwater).await;
    let (mut ada, _) = reader_of_it(&portal, &portal.harbor, Role::AdminAgent).await;
    ada.visit(&format!("/customers/{contoso}/relationships/{delegation}/change")).await;
    ada.choose(&said("Indirect reseller"), &said("No reseller"));
    ada.press(&said("See the consequences")).await;
    ada.press(&said("End delegation")).await;
    is_read(&portal, &olga).await;
}

#[actix_web::test]
async fn no_letter_about_who_looks_after_a_customer_has_english_left() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (_, olga) = reader_of_it(&portal, &brightwater, Role::GlobalAdmin).await;
    let contoso = portal.has_customer("Contoso").await;
    let delegation = portal.has_delegation(&contoso, &brightwater).await;
    let tomorrow = Moment::now().plus_days(1).day();
    portal.database.change(&format!("UPDATE delegations SET ends_on = '{tomorrow}'"));
    portal.does("remind_of_delegations", Moment::now()).await;
    is_read(&portal, &olga).await;
    let (mut ada, email) = reader_of_it(&portal, &portal.harbor, Role::AdminAgent).await;
    let change = format!("/customers/{contoso}/relationships/{delegation}/change");
    ada.visit(&change).await;
    ada.choose(&said("Indirect reseller"), &said("No reseller"))
        .choose(&said("When it changes"), &said("On a day"));
    ada.fill(&format!("{} {}", said("On this day"), said("(optional)")), &tomorrow.to_string());
    ada.press(&said("See the consequences")).await;
    ada.press(&said("Plan it")).await;
    portal.has_ended(&delegation).await;
    let today = Moment::now().day();
    portal.database.change(&format!("UPDATE delegation_plans SET begins_on = '{today}'"));
    portal.does("carry_out_delegation_plans", Moment::now()).await;
    is_read(&portal, &email).await;
}

#[actix_web::test]
async fn no_letter_about_an_enrolment_has_english_left() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    let (mut robin, email) = reader_of_it(&portal, &operator, Role::GlobalAdmin).await;
    let mut ada = portal.browser();
    ada.set_cookie("twotier-language", PSEUDO);
    ada.post("/enrol/reseller", &[("name", TYPED), ("email", ADA)]).await;
    let text = is_read(&portal, ADA).await;
    ada.visit(&link_in(&text, "/enrolment/")).await;
    ada.press(&said("Go on")).await;
    fill(&mut ada).await;
    ada.press(&said("Next: Review")).await;
    ada.press(&said("Hand in")).await;
    is_read(&portal, ADA).await;
    is_read(&portal, &email).await;
    robin.visit("/operator/enrolments").await;
    robin.follow("Acme IT").await;
    robin.press(&said("Approve")).await;
    is_read(&portal, ADA).await;
}

/// Fills in everything that is needed.
async fn fill(ada: &mut Browser) {
    ada.fill(&said("Company name"), "Acme IT").choose(&said("Country/region"), &said("Germany"));
    ada.press(&said("Update fields for this country")).await;
    for (label, value) in [
        ("Address line 1", "12 Mill Lane"),
        ("City", "Hamburg"),
        ("ZIP/Postal code", "20095"),
        ("Name of the location", "Main office"),
        ("MPN ID", "4810299"),
        ("Password", PASSWORD),
        ("Password again", PASSWORD),
    ] {
        ada.fill(&said(label), value);
    }
    ada.choose(&said("Time zone"), "Europe/Berlin");
    let mut contact = ada.within(&said("Primary contact"));
    contact.fill(&said("First name"), TYPED).fill(&said("Last name"), TYPED);
    contact.fill(&said("Email address"), "bo@acme.example");
}

/// Somebody who reads it, as everybody does by then, with the address.
pub async fn reader_of_it(portal: &Portal, organisation: &Organisation, role: Role) -> (Browser, String) {
    let email = portal.add_person(organisation, &[role]).await;
    let mut browser = portal.browser();
    sign_in(&mut browser, &email).await;
    everybody_reads_it(portal);
    (browser, email)
}

async fn sign_in(browser: &mut Browser, email: &str) {
    browser.post("/session", &[("email", email), ("password", PASSWORD), ("next", "/profile")]).await;
}

/// The last letter to an address is in that language, and nothing in it is English; answers its text.
pub async fn is_read(portal: &Portal, email: &str) -> String {
    portal.carry_mail().await;
    let letter = portal.letter_to(email);
    let is_in_it = letter.body_html.contains(&format!("<html lang=\"{PSEUDO}\""));
    assert!(is_in_it, "{}: {}", letter.subject, letter.body_text);
    let english = Reader::of(portal).left_in_letter(&letter);
    assert!(english.is_empty(), "{}:\n{}", letter.subject, english.join("\n"));
    letter.body_text
}

/// Where a link of a letter leads, in the portal.
pub fn link_in(text: &str, to: &str) -> String {
    let mut paths = text.split_whitespace().filter_map(|word| word.strip_prefix(ORIGIN));
    paths.find(|path| path.contains(to)).expect("a link").to_owned()
}
