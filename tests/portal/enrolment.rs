//! Enrolling: a company becomes a reseller or a provider by itself, and the operator decides.

mod clearing;
mod deciding;
mod journey;
mod link;
mod links;
mod password;
mod served;
mod starting;

use twotier::access::{OrganisationKind, Role};
use twotier::mail::outbox::Taken;

use crate::support::browser::Browser;
use crate::support::fixtures::fill_enrolment;
use crate::support::portal::{ORIGIN, Portal};

/// Who enrols in most stories, and with which password.
const ADA: &str = "ada@acme.example";
const PASSWORD: &str = "a password of her own";

/// A portal with an operator; the browser is its Global admin's.
async fn open() -> (Portal, Browser) {
    let portal = Portal::open().await;
    let operator = with_operator(&portal).await;
    (portal, operator)
}

async fn with_operator(portal: &Portal) -> Browser {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    portal.browser_in(&operator, &[Role::GlobalAdmin]).await
}

/// Ada asks for a link; the browser has it open, and she has said that the address is hers.
async fn begun(portal: &Portal, kind: &str) -> (Browser, String) {
    let link = linked(portal, kind, ADA).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees_heading("Prove your email address");
    ada.press("Go on").await;
    ada.sees_heading("Your company");
    (ada, link)
}

/// Asks for a link and takes it out of the letter.
async fn linked(portal: &Portal, kind: &str, email: &str) -> String {
    let mut somebody = portal.browser();
    ask(&mut somebody, kind, email).await;
    somebody.sees_heading("Look into your mailbox").sees(email);
    portal.carry_mail().await;
    link_in(&portal.letter_to(email))
}

async fn ask(browser: &mut Browser, kind: &str, email: &str) {
    browser.visit(&format!("/enrol/{kind}")).await;
    browser.fill("Your name", "Ada Finch").fill("Work email address", email);
    browser.press("Mail me the link").await;
}

/// Fills in everything that is needed.
async fn fill(browser: &mut Browser, company: &str, mpn_id: &str) {
    fill_enrolment(browser, (company, mpn_id), PASSWORD).await;
}

/// Reads what was filled in, and hands it in.
async fn hands_in(browser: &mut Browser) {
    browser.press("Next: Review").await;
    browser.press("Hand in").await;
}

/// Ada of Acme IT has handed in; the browser shows that it waits.
async fn handed_in(portal: &Portal, mpn_id: &str) -> (Browser, String) {
    let (mut ada, link) = begun(portal, "reseller").await;
    fill(&mut ada, "Acme IT", mpn_id).await;
    hands_in(&mut ada).await;
    ada.sees_heading("Your enrollment waits for a decision");
    portal.carry_mail().await;
    (ada, link)
}

/// The same, and the operator has the enrolment open.
async fn handed_in_and_opened() -> (Portal, Browser, (Browser, String)) {
    let (portal, mut operator) = open().await;
    let ada = handed_in(&portal, "4810299").await;
    opens(&mut operator, "Acme IT").await;
    (portal, operator, ada)
}

/// The operator opens the enrolment of a company.
async fn opens(operator: &mut Browser, company: &str) {
    operator.visit("/operator/enrolments").await;
    operator.follow(company).await;
}

async fn signs_in(browser: &mut Browser, email: &str) {
    browser.fill("Email address", email).fill("Password", PASSWORD).press("Sign in").await;
}

/// The personal link, which stands on a line of its own.
fn link_in(letter: &Taken) -> String {
    let mut lines = letter.body_text.lines().map(str::trim).filter(|line| line.starts_with(ORIGIN));
    let link = lines.next().expect("a line with the link").to_owned();
    assert!(letter.body_html.contains(&link), "{}", letter.body_html);
    assert_eq!(lines.next(), None, "one link only");
    link
}

/// The part of a link that the portal is asked for.
fn path_of(link: &str) -> String {
    link.trim_start_matches(ORIGIN).to_owned()
}
