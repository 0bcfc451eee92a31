//! A company is asked by a personal link, sets up its account, signs in for the first time, and takes delegated admin away.

use fantoccini::Locator;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::{PASSWORD, Portal};
use crate::support::story::story_of_two;

const REFUSED: &str = "status of 409";
const COMPANY: &str = "Juniper Hall";
const EMAIL: &str = "cora@juniper.example";
const USER_NAME: &str = "admin@juniperhall.onmicrosoft.com";
/// What the customer chooses in place of the temporary password.
const OWN: &str = "a long walk home";

#[actix_web::test]
async fn a_company_accepts_by_its_link_and_takes_delegated_admin_away() {
    story_of_two(Look::DESK, async |portal, alma, cora| {
        draft(alma).await;
        copy(portal, alma).await;
        tell(portal, alma, cora).await;
    })
    .await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone_in_the_dark() {
    let look = Look::PHONE.dark().without_scripts();
    story_of_two(look, async |portal, alma, cora| {
        draft(alma).await;
        tell(portal, alma, cora).await;
    })
    .await;
}

/// Alma, an Admin agent of the provider, asks.
async fn draft(alma: &mut Chromium) {
    alma.sign_in("admin.agent@harbor.example").await;
    alma.visit("/customers?search=Juniper+Hall").await;
    alma.sees_not("juniperhall").await;
    alma.visit("/customer-requests/new").await;
    alma.fill("Company’s email address", EMAIL).await;
    alma.check("Include delegated administration privileges").await;
    alma.fits_in_width().await;
}

/// The text with the link is kept, and is in the clipboard.
async fn copy(portal: &Portal, alma: &mut Chromium) {
    alma.press("Copy to clipboard").await;
    alma.sees("Copied").await;
    let text = alma.clipboard().await;
    let start = format!("{}/customer-invitations/", portal.origin);
    assert!(
        text.lines().any(|line| line.trim().starts_with(&start)),
        "no link on a line of its own in: {text}"
    );
}

async fn tell(portal: &mut Portal, alma: &mut Chromium, cora: &mut Chromium) {
    let link = send(portal, alma).await;
    prove(portal, cora, &link).await;
    let password = accept(cora).await;
    let id =
        portal.database.texts(&format!("SELECT id AS text FROM customers WHERE company_name = '{COMPANY}'"));
    let [id] = id.as_slice() else { panic!("one customer, and not {id:?}") };
    look_after(alma, id).await;
    sign_in_first(cora, &password).await;
    take_away(cora, alma, id).await;
}

/// There is no mail server, so the letter is a file.
async fn send(portal: &Portal, alma: &mut Chromium) -> String {
    alma.press("Keep as a file").await;
    alma.sees(&format!("The letter to {EMAIL} is kept as a file")).await;
    portal.link_to(EMAIL, "/customer-invitations/").await
}

/// Cora opens the link, and proves by a code that she reads the mailbox.
async fn prove(portal: &Portal, cora: &mut Chromium, link: &str) {
    cora.visit(link).await;
    cora.sees_heading("Harbor Distribution asks to work for your company").await;
    cora.sees("Administration is delegated:").await;
    cora.fits_in_width().await;
    cora.press("Keep a code as a file").await;
    cora.sees(&format!("The letter with the code to {EMAIL} is kept as a file")).await;
    cora.fill("Code", "XXXX-XXXX").await;
    cora.press("Continue").await;
    cora.sees("problem to solve").await;
    cora.fill("Code", &portal.code_to(EMAIL).await).await;
    cora.press("Continue").await;
    cora.sees(&format!("You have proved that you read {EMAIL}")).await;
    cora.fits_in_width().await;
}

/// Her company is new here. Answers the password of its administrator, which is shown once.
async fn accept(cora: &mut Chromium) -> String {
    cora.fill("Primary domain name", "no-such-company").await;
    cora.press("Continue").await;
    cora.sees("problem to solve").await;
    cora.follow("Set up an account").await;
    cora.sees_heading("Set up an account for your company").await;
    cora.sees("Customer agreement, version").await;
    cora.fits_in_width().await;
    for (label, value) in [
        ("Company name", COMPANY),
        ("Primary domain name", "juniperhall"),
        ("Address line 1", "12 Mill Lane"),
        ("City", "Hamburg"),
        ("ZIP/Postal code", "20095"),
    ] {
        cora.fill(label, value).await;
    }
    for (label, value) in [("First name", "Cora"), ("Last name", "Customer"), ("Email address", EMAIL)] {
        cora.fill_in("Primary contact", label, value).await;
    }
    cora.screenshot("invitation-acceptance").await;
    cora.press("Accept and set up the account").await;
    cora.sees("problem to solve").await;
    let consent = consent(&cora.text().await);
    cora.check(&consent).await;
    cora.press("Accept and set up the account").await;
    cora.sees_heading("This link has been used").await;
    cora.sees(USER_NAME).await;
    cora.fits_in_width().await;
    text_of(cora, "#password").await
}

/// The words to tick, which name the version of the agreement on the page.
fn consent(page: &str) -> String {
    let rest = page.split("Customer agreement, version ").nth(1).expect("the agreement");
    let version = rest.split_whitespace().next().expect("its version");
    format!(
        "I have read what accepting means and the customer agreement, version {version}, and accept both for my company."
    )
}

async fn text_of(browser: &Chromium, selector: &str) -> String {
    let element = browser.client().find(Locator::Css(selector)).await.expect("the element");
    element.text().await.expect("its text")
}

/// The provider has one customer more, which it administers; so does a reseller from now on.
async fn look_after(alma: &mut Chromium, id: &str) {
    alma.visit("/customers?search=Juniper+Hall").await;
    alma.sees("juniperhall.onmicrosoft.com").await;
    alma.visit("/customer-requests").await;
    alma.follow(EMAIL).await;
    alma.sees("Cora Customer accepted for").await;
    alma.follow("go to its account").await;
    alma.sees_heading(COMPANY).await;
    alma.sees("Cora Customer").await;
    alma.fits_in_width().await;
    alma.visit(&format!("/customers/{id}/relationships/new")).await;
    alma.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)").await;
    alma.press("See the consequences").await;
    alma.sees("Its delegation lasts until somebody ends it.").await;
    alma.press("Associate reseller").await;
    alma.sees("Brightwater IT administers this customer from now on").await;
    // For later: by then it is an old page.
    alma.visit(&format!("/customers/{id}/admin-password")).await;
    alma.sees_button("Reset password").await;
}

async fn sign_in_first(cora: &mut Chromium, password: &str) {
    cora.visit("/sign-in").await;
    cora.fill("Email address", USER_NAME).await;
    cora.fill("Password", PASSWORD).await;
    cora.press("Sign in").await;
    cora.sees("Email address and password do not match.").await;
    cora.fill("Password", password).await;
    cora.press("Sign in").await;
    for (label, value) in [("Current password", password), ("New password", OWN), ("New password again", OWN)]
    {
        cora.fill(label, value).await;
    }
    cora.fits_in_width().await;
    cora.press("Change password").await;
    cora.sees_heading("Partner relationships").await;
    cora.sees(&format!("Who may do what for {COMPANY}")).await;
    cora.sees("It administers your account, too. It can add, change and delete your users").await;
    cora.sees("It administers your account. It sees your account with all subscriptions and orders").await;
    cora.fits_in_width().await;
    cora.screenshot("partner-relationships").await;
}

/// What the provider has open still offers what it may no longer do: its next request is refused.
async fn take_away(cora: &mut Chromium, alma: &mut Chromium, id: &str) {
    cora.follow("Remove delegated admin of Harbor Distribution").await;
    cora.sees_heading("Remove delegated admin of Harbor Distribution?").await;
    cora.sees("it still sees your account, orders for you").await;
    cora.fits_in_width().await;
    cora.press("Remove delegated admin").await;
    cora.sees("Harbor Distribution no longer administers your account.").await;
    cora.sees("You took delegated admin from it on").await;

    alma.pardon(REFUSED);
    alma.press("Reset password").await;
    alma.sees_heading(&format!("No delegated administration of {COMPANY}")).await;
    alma.fits_in_width().await;
    alma.follow("Back").await;
    alma.sees("Removed by the customer on").await;
    alma.sees_not("Reset password").await;
    // Its own password is still the customer's, and it sells on.
    cora.visit("/own/subscriptions").await;
    cora.sees_heading("Subscriptions").await;
    alma.visit(&format!("/customers/{id}/subscriptions/new")).await;
    alma.sees_heading("New subscription").await;
}
