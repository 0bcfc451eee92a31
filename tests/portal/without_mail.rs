//! An installation without a mail server: no page says that anything is on its way to anybody.

use twotier::access::{OrganisationKind, Role};

use crate::support::browser::Browser;
use crate::support::fixtures::{fill_account, fill_enrolment};
use crate::support::portal::{ORIGIN, PASSWORD, Portal};

/// What only a portal that sends mail may say, in lower case.
const CLAIMS: [&str; 13] = [
    "on its way",
    "your mailbox",
    "by mail",
    "we mail",
    "mail me",
    "mail a ",
    "is mailed",
    "was mailed",
    "new link mailed",
    "get a letter with",
    "unwanted mail",
    "portal mails",
    "sent to you",
];

/// Fails where the page claims what this installation cannot do. Letters that are quoted do not count.
#[track_caller]
fn claims_nothing(browser: &Browser) {
    let said = browser.text().to_lowercase();
    for claim in CLAIMS {
        assert!(!said.contains(claim), "{} says {claim:?}:\n{said}", browser.path());
    }
}

async fn open() -> (Portal, Browser) {
    let portal = Portal::open_with(|site| site.sends_mail = false).await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Crossing", "DE").await;
    let robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    (portal, robin)
}

/// A link of ours out of the latest letter to somebody.
async fn link_to(portal: &Portal, email: &str, start: &str) -> String {
    portal.carry_mail().await;
    let text = portal.letter_to(email).body_text;
    let start = format!("{ORIGIN}{start}");
    text.lines().find(|line| line.starts_with(&start)).expect("a link").to_owned()
}

#[actix_web::test]
async fn people_are_invited_and_get_passwords() {
    let (portal, _) = open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    claims_nothing(&gina);
    gina.fill("Name", "Nora New").fill("Email address", "nora@harbor.example");
    gina.check("Sales agentSells: customers, orders, subscriptions.");
    gina.choose("Way to a password", "Keep a letter with a link as a file").press("Add").await;
    gina.sees("The letter to nora@harbor.example is kept as a file");
    claims_nothing(&gina);
    portal.carry_mail().await;
    gina.reload().await;
    gina.sees("Kept as a file").sees_not("Sent");
    gina.follow("Invite again").await;
    claims_nothing(&gina);
    gina.choose("Way to a password", "Keep a letter with a link as a file").press("Invite again").await;
    claims_nothing(&gina);
    let link = link_to(&portal, "nora@harbor.example", "/").await;
    let mut nora = portal.browser();
    nora.visit(&link).await;
    claims_nothing(&nora);
    nora.fill("New password", PASSWORD).fill("New password again", PASSWORD).press("Set password").await;
    nora.visit(&link).await;
    claims_nothing(&nora);
    for path in ["/sign-in", "/forgotten-password"] {
        nora.visit(path).await;
        claims_nothing(&nora);
    }
    nora.fill("Email address", "nora@harbor.example").press("Keep a link as a file").await;
    nora.sees_heading("Ask for your link");
    claims_nothing(&nora);
}

#[actix_web::test]
async fn companies_enrol_and_the_operator_decides() {
    let (portal, mut robin) = open().await;
    for (email, company, mpn_id, verb) in [
        ("ada@acme.example", "Acme IT", "4810299", "Approve"),
        ("bo@birch.example", "Birch", "4810300", "Refuse"),
    ] {
        let mut ada = portal.browser();
        ada.visit("/enrol").await;
        claims_nothing(&ada);
        ada.follow("Enroll as an indirect reseller").await;
        claims_nothing(&ada);
        ada.fill("Your name", "Ada Finch").fill("Work email address", email).press("Ask for the link").await;
        ada.sees_heading("Ask for your link").sees(email);
        claims_nothing(&ada);
        ada.visit(&link_to(&portal, email, "/enrolment/").await).await;
        claims_nothing(&ada);
        robin.visit("/operator/enrolments?state=started").await;
        claims_nothing(&robin);
        ada.press("Go on").await;
        claims_nothing(&ada);
        fill_enrolment(&mut ada, (company, mpn_id), PASSWORD).await;
        ada.press("Next: Review").await;
        claims_nothing(&ada);
        ada.press("Hand in").await;
        claims_nothing(&ada);
        robin.visit("/operator/enrolments").await;
        robin.follow(company).await;
        claims_nothing(&robin);
        if verb == "Refuse" {
            robin.fill("Reason", "Not now.");
        }
        robin.press(verb).await;
        claims_nothing(&robin);
        ada.reload().await;
        claims_nothing(&ada);
    }
    portal.carry_mail().await;
}

#[actix_web::test]
async fn the_operator_suspends_and_looks_at_letters() {
    let (portal, mut robin) = open().await;
    portal.browser_of(Role::GlobalAdmin).await;
    robin.visit(&format!("/operator/organisations/{}/suspension", portal.harbor.id)).await;
    claims_nothing(&robin);
    robin.fill("Reason", "Overdue.").press("Yes, suspend").await;
    claims_nothing(&robin);
    robin.press("Lift the suspension").await;
    claims_nothing(&robin);
    for path in ["/operator", "/operator/letters", "/operator/organisations", "/operator/agreements"] {
        robin.visit(path).await;
        claims_nothing(&robin);
    }
    portal.carry_mail().await;
}

#[actix_web::test]
async fn partnerships_are_requested_answered_and_reminded_of() {
    let (portal, _) = open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let paused = portal.has_partner("Paused IT", "DE", "4810244").await;
    portal.add_person(&paused, &[Role::GlobalAdmin]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for path in ["/resellers", "/resellers/eligibility", "/partnership-requests", "/partnership-requests/new"]
    {
        sam.visit(path).await;
        claims_nothing(&sam);
    }
    for button in ["Open in email", "Copy to clipboard", "Save text", "Keep as a file"] {
        sam.visit("/partnership-requests/new").await;
        let address = format!("{}@brightwater.example", button.to_lowercase().replace(' ', "-"));
        sam.fill("Reseller’s email address", &address).press(button).await;
        claims_nothing(&sam);
    }
    portal.carry_mail().await;
    sam.reload().await;
    claims_nothing(&sam);
    let link = link_to(&portal, "keep-as-a-file@brightwater.example", "/partnerships/").await;
    sam.visit("/partnership-requests").await;
    claims_nothing(&sam);
    let mut olga = portal.browser();
    olga.visit(&link).await;
    claims_nothing(&olga);
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    for path in ["/providers", link.as_str()] {
        olga.visit(path).await;
        claims_nothing(&olga);
    }
    olga.fill("Reason", "Not now.").press("Decline").await;
    claims_nothing(&olga);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn companies_are_asked_to_become_customers_and_answer() {
    let (portal, _) = open().await;
    let ada = "ada@juniper.example";
    let mut alma = portal.browser_of(Role::AdminAgent).await;
    for path in ["/customer-requests", "/customer-requests/new"] {
        alma.visit(path).await;
        claims_nothing(&alma);
    }
    for button in ["Open in email", "Copy to clipboard", "Save text"] {
        alma.visit("/customer-requests/new").await;
        let address = format!("{}@juniper.example", button.to_lowercase().replace(' ', "-"));
        alma.fill("Company’s email address", &address).press(button).await;
        claims_nothing(&alma);
    }
    alma.visit("/customer-requests/new").await;
    alma.fill("Company’s email address", ada).press("Keep as a file").await;
    claims_nothing(&alma);
    let link = link_to(&portal, ada, "/customer-invitations/").await;
    alma.reload().await;
    claims_nothing(&alma);
    let mut company = portal.browser();
    company.visit(&link).await;
    claims_nothing(&company);
    company.press("Keep a code as a file").await;
    claims_nothing(&company);
    portal.carry_mail().await;
    let letter = portal.letter_to(ada).body_text;
    let is_code = |line: &&str| line.len() == 9 && line.get(4..5) == Some("-");
    company.fill("Code", letter.lines().find(is_code).expect("a code")).press("Continue").await;
    claims_nothing(&company);
    company.follow("Set up an account").await;
    claims_nothing(&company);
    fill_account(&mut company, "Juniper Hall", "juniperhall");
    company.check("I have read what accepting means, and accept it for my company.");
    company.press("Accept and set up the account").await;
    company.sees_heading("This link has been used");
    claims_nothing(&company);
    alma.reload().await;
    claims_nothing(&alma);
    portal.carry_mail().await;
}
