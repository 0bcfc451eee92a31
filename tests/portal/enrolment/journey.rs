//! The whole way, from a partnership link to the partnership.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{ADA, PASSWORD, begun, fill, link_in, open, opens, path_of, signs_in};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const CONSENT: &str = "I have read what accepting means, and I consent to it for Acme IT.";

#[actix_web::test]
async fn a_reseller_enrols_from_a_partnership_link_and_accepts_the_request() {
    let (portal, mut operator) = open().await;
    let request = requested(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&request).await;
    ada.follow("Enroll as an indirect reseller").await;
    ada.sees_heading("Enroll as an indirect reseller")
        .sees("Harbor Distribution asks you for a partnership.");
    ada.fill("Your name", "Ada Finch").fill("Work email address", ADA).press("Mail me the link").await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(ADA));
    ada.visit(&link).await;
    ada.press("Go on").await;
    fill(&mut ada, "Acme IT", "4810299").await;
    ada.press("Next: Review").await;
    ada.sees_heading("Review")
        .sees("Acme IT")
        .sees("20095 Hamburg")
        .sees("4810299")
        .sees("Bo Reed")
        .sees(ADA);
    ada.press("Hand in").await;
    ada.sees_heading("Your enrollment waits for a decision");
    portal.carry_mail().await;
    let received = portal.letter_to(ADA);
    assert_eq!(received.subject, "We have received the enrollment of Acme IT");
    assert_eq!(link_in(&received), link);

    let told = portal.letters().into_iter().find(|letter| letter.subject == "Acme IT wants to enroll");
    let told = told.expect("a letter to the operator");
    assert_eq!(told.reply_to.as_ref().map(ToString::to_string).as_deref(), Some(ADA));
    operator.visit(&link_in(&told)).await;
    operator.sees_heading("Acme IT").sees("Waiting for a decision").sees("4810299").sees("Main office");
    operator.sees_not("Look twice");
    operator.press("Approve").await;
    operator.sees("Acme IT is enrolled.").sees("Approved");

    portal.carry_mail().await;
    let approved = portal.letter_to(ADA);
    assert_eq!(approved.subject, "Acme IT is enrolled at Twotier");
    assert!(approved.body_text.contains("You are an Admin agent, too"), "{}", approved.body_text);
    // The request may be answered or withdrawn by now, so the letter leads to where one signs in.
    assert!(link_in(&approved).ends_with("/sign-in"), "{}", approved.body_text);
    assert!(approved.body_text.contains("Then answer the partnership request"), "{}", approved.body_text);
    ada.reload().await;
    ada.sees_heading("You are enrolled").sees("Admin agent");
    ada.follow("sign in and answer the request").await;
    signs_in(&mut ada, ADA).await;
    ada.sees_heading("Harbor Distribution asks for a partnership");
    ada.visit("/providers").await;
    ada.sees("Harbor Distribution asks for a partnership");
    ada.follow("Answer the request").await;
    ada.check(CONSENT).press("Authorize indirect provider").await;
    ada.sees_row(&["Harbor Distribution", "Germany", "4810299", "0"]).sees_not("Answer the request");
    portal.carry_mail().await;

    ada.visit("/profile").await;
    ada.sees("Admin agent, Global admin");
    assert_eq!(ada.field("Time zone"), "Europe/Berlin");
    ada.visit("/activity").await;
    ada.sees("Approve an enrollment");
    operator.visit("/activity").await;
    operator.sees("Approve an enrollment");
    let founded = "SELECT count(*) FROM organisations WHERE name = 'Acme IT' AND kind = 'reseller' AND state = 'enrolled'
        AND city = 'Hamburg' AND contact_email = 'bo@acme.example' AND sort_name = 'acme it'";
    assert_eq!(portal.database.number(founded), 1);
    let located = "SELECT count(*) FROM locations WHERE mpn_id = '4810299' AND postal_code = '20095'";
    assert_eq!(portal.database.number(located), 1);
}

#[actix_web::test]
async fn a_provider_enrols_and_requests_partnerships() {
    let (portal, mut operator) = open().await;
    let (mut ada, link) = begun(&portal, "provider").await;
    fill(&mut ada, "Acme IT", "4810299").await;
    ada.press("Next: Review").await;
    ada.sees("indirect provider");
    ada.press("Hand in").await;
    opens(&mut operator, "Acme IT").await;
    operator.press("Approve").await;
    portal.carry_mail().await;
    assert!(link_in(&portal.letter_to(ADA)).ends_with("/sign-in"));
    ada.visit(&link).await;
    ada.follow("Sign in").await;
    signs_in(&mut ada, ADA).await;
    ada.visit("/partnership-requests/new").await;
    ada.sees_heading("Request a partnership");
}

#[actix_web::test]
async fn whoever_leaves_halfway_goes_on_by_the_link() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    ada.fill("Company name", "Acme IT").fill("MPN ID", "48A").fill("Password", PASSWORD);
    ada.fill("Password again", PASSWORD).press("Save and leave").await;
    ada.sees_heading("Go on with your enrollment").sees("What you typed is saved");
    let mut elsewhere = portal.browser();
    elsewhere.visit(&link).await;
    elsewhere.sees("Acme IT");
    elsewhere.follow("Go on").await;
    assert_eq!(elsewhere.field("Company name"), "Acme IT");
    assert_eq!(elsewhere.field("MPN ID"), "48A");
    elsewhere.press("Next: Review").await;
    assert_eq!(elsewhere.status(), StatusCode::UNPROCESSABLE_ENTITY);
    elsewhere
        .sees_problem("MPN ID", "Enter a number in digits.")
        .sees_problem("Country/region", "Choose the country/region.");
    elsewhere.sees("Your password is kept.");
    // Nothing that is wrong is handed in, whatever is sent.
    let path = path_of(&link);
    elsewhere.post(&format!("{path}/submission"), &[("version", "3")]).await;
    elsewhere.sees_heading("Your company").sees("problems to solve");
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE state = 'waiting'"), 0);
}

#[actix_web::test]
async fn everything_that_is_wrong_is_told_at_its_field_and_nothing_is_lost() {
    let (portal, _operator) = open().await;
    portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let (mut ada, _) = begun(&portal, "reseller").await;
    fill(&mut ada, "Acme IT", "4810233").await;
    ada.within("Primary contact").fill("Email address", "bo@gmail.com");
    ada.fill("Password", "short").fill("Password again", "other").press("Next: Review").await;
    ada.sees_problem("MPN ID", "A location here has this MPN ID already.");
    ada.sees_problem("Email address", "Use an address of the organization’s own domain");
    ada.sees_problem("Password", "Use 12 characters or more.")
        .sees_problem("Password again", "The two entries differ.");
    assert_eq!(ada.field("Company name"), "Acme IT");
    assert_eq!(ada.field("Password"), "", "no page holds a password");
    ada.choose("Country/region", "United States").press("Update fields for this country").await;
    ada.fill("MPN ID", "4810299").fill("ZIP/Postal code", "98052").fill("Password", PASSWORD);
    ada.fill("Password again", PASSWORD).within("Primary contact").fill("Email address", "bo@acme.example");
    ada.press("Next: Review").await;
    ada.sees_problem("State/province", "Choose the state/province.");
    ada.choose("State/province", "Washington").press("Next: Review").await;
    ada.sees_heading("Review").sees("Hamburg, Washington 98052");
}

#[actix_web::test]
async fn two_tabs_lose_neither_version() {
    let (portal, mut ada, mut tab, _) = with_an_older_tab().await;
    tab.fill("Company name", "Acme Ltd").press("Save and leave").await;
    assert_eq!(tab.status(), StatusCode::CONFLICT);
    tab.sees("This was changed in another tab").sees_row(&["Company name", "Acme IT", "Acme Ltd"]);
    assert_eq!(tab.field("Company name"), "Acme Ltd");
    tab.press("Save and leave").await;
    tab.sees("What you typed is saved");
    // What was reviewed is no longer what is there.
    ada.press("Hand in").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE state = 'waiting'"), 0);
}

#[actix_web::test]
async fn two_tabs_with_different_fields_do_not_meet() {
    let (_portal, _ada, mut tab, link) = with_an_older_tab().await;
    tab.fill("Address line 2", "Floor 3").press("Save and leave").await;
    tab.sees("What you typed is saved");
    tab.visit(&format!("{link}/details")).await;
    assert_eq!(tab.field("Company name"), "Acme IT");
    assert_eq!(tab.field("Address line 2"), "Floor 3");
}

/// Ada is on Review; another tab has the details as they were before she filled them in. And the link.
async fn with_an_older_tab() -> (Portal, Browser, Browser, String) {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    let mut tab = ada.clone_session();
    tab.visit(&format!("{link}/details")).await;
    fill(&mut ada, "Acme IT", "4810299").await;
    ada.press("Next: Review").await;
    (portal, ada, tab, link)
}

/// Harbor has asked somebody for a partnership; the link is out of the letter.
async fn requested(portal: &Portal) -> String {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "office@acme.example").press("Save text").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    link_in(&portal.letter_to("office@acme.example"))
}
