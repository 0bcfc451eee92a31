//! A customer is asked by a personal link, accepts, signs in for the first time, and takes delegated admin away.

use fantoccini::Locator;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::{PASSWORD, Portal};
use crate::support::story::story_of_two;

const REFUSED: &str = "status of 409";
/// What the customer chooses in place of the temporary password.
const OWN: &str = "a long walk home";

#[actix_web::test]
async fn a_customer_accepts_by_its_link_and_takes_delegated_admin_away() {
    story_of_two(Look::DESK, async |portal, alma, cora| tell(portal, alma, cora).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone_in_the_dark() {
    let look = Look::PHONE.dark().without_scripts();
    story_of_two(look, async |portal, alma, cora| tell(portal, alma, cora).await).await;
}

/// A customer of Harbor that a reseller administers, and that has not accepted the customer agreement yet.
struct Customer {
    id: String,
    company: String,
    domain: String,
    email: String,
}

impl Customer {
    fn of(portal: &Portal) -> Self {
        let database = &portal.database;
        let chosen = "customers c JOIN organisations o ON o.id = c.provider_id
            WHERE o.name = 'Harbor Distribution' AND c.ended_at IS NULL AND c.is_delegated
            AND EXISTS (SELECT 1 FROM delegations d WHERE d.customer_id = c.id AND d.ended_at IS NULL)
            ORDER BY c.id LIMIT 1";
        let text =
            |column: &str| database.texts(&format!("SELECT c.{column} AS text FROM {chosen}")).remove(0);
        let id = text("id");
        database.change(&format!("UPDATE customers SET agreement = 'awaited' WHERE id = '{id}'"));
        Self { id, company: text("company_name"), domain: text("domain"), email: text("email") }
    }
}

async fn tell(portal: &mut Portal, alma: &mut Chromium, cora: &mut Chromium) {
    let customer = Customer::of(portal);
    let link = ask(portal, alma, &customer).await;
    prove(portal, cora, (&customer, &link)).await;
    accept(cora, &customer).await;
    let password = reset_password(alma, &customer).await;
    sign_in_first(cora, &customer, &password).await;
    take_away(cora, alma, &customer).await;
}

/// Alma, an Admin agent of the provider, asks; there is no mail server, so the letter is a file.
async fn ask(portal: &Portal, alma: &mut Chromium, customer: &Customer) -> String {
    alma.sign_in("admin.agent@harbor.example").await;
    alma.visit("/customer-requests/new").await;
    alma.fill("Company’s email address", &customer.email).await;
    alma.check("Include delegated administration privileges").await;
    alma.fits_in_width().await;
    alma.press("Keep as a file").await;
    alma.sees("is kept as a file").await;
    portal.link_to(&customer.email, "/customer-invitations/").await
}

/// Cora opens the link, and proves by a code that she reads the mailbox.
async fn prove(portal: &Portal, cora: &mut Chromium, (customer, link): (&Customer, &str)) {
    cora.visit(link).await;
    cora.sees_heading("Harbor Distribution asks to work for your company").await;
    cora.sees("Administration is delegated:").await;
    cora.fits_in_width().await;
    cora.press("Keep a code as a file").await;
    cora.sees("is kept as a file").await;
    cora.fill("Code", "XXXX-XXXX").await;
    cora.press("Continue").await;
    cora.sees("problem to solve").await;
    cora.fill("Code", &portal.code_to(&customer.email).await).await;
    cora.press("Continue").await;
    cora.sees(&format!("You have proved that you read {}", customer.email)).await;
    cora.fits_in_width().await;
}

/// She says which company it is: of those that are known, only that whose primary contact she is.
async fn accept(cora: &mut Chromium, customer: &Customer) {
    cora.fill("Primary domain name", "no-such-company").await;
    cora.press("Continue").await;
    cora.sees("problem to solve").await;
    cora.fill("Primary domain name", &customer.domain).await;
    cora.press("Continue").await;
    cora.sees_heading(&format!("Accept for {}", customer.company)).await;
    cora.sees("nothing is doubled").await;
    cora.sees("Customer agreement, version").await;
    cora.fits_in_width().await;
    cora.screenshot("invitation-acceptance").await;
    cora.fill("First name", "Cora").await;
    cora.fill("Last name", "Customer").await;
    cora.press("Accept").await;
    cora.sees("problem to solve").await;
    let consent = consent(&cora.text().await, customer);
    cora.check(&consent).await;
    cora.press("Accept").await;
    cora.sees_heading("This link has been used").await;
}

/// The words to tick, which name the version of the agreement on the page.
fn consent(page: &str, customer: &Customer) -> String {
    let rest = page.split("Customer agreement, version ").nth(1).expect("the agreement");
    let version = rest.split_whitespace().next().expect("its version");
    let company = &customer.company;
    format!(
        "I have read what accepting means and the customer agreement, version {version}, and accept both for {company}."
    )
}

/// The customer has accepted, and the provider administers it: it gives its admin a temporary password.
async fn reset_password(alma: &mut Chromium, customer: &Customer) -> String {
    alma.visit("/customer-requests").await;
    alma.follow(&customer.email).await;
    alma.sees("Cora Customer accepted for").await;
    alma.follow("go to its account").await;
    alma.sees_heading(&customer.company).await;
    alma.sees("Cora Customer").await;
    alma.fits_in_width().await;
    open_reset(alma, customer).await;
    alma.press("Reset password").await;
    alma.sees_heading(&format!("New temporary password for {}", customer.company)).await;
    let password = alma.client().find(Locator::Css("#password")).await.expect("the password");
    let password = password.text().await.expect("its text");
    // Once more, for later: by then it is an old page.
    open_reset(alma, customer).await;
    password
}

async fn open_reset(alma: &mut Chromium, customer: &Customer) {
    alma.visit(&format!("/customers/{}/admin-password", customer.id)).await;
    alma.sees_button("Reset password").await;
}

async fn sign_in_first(cora: &mut Chromium, customer: &Customer, password: &str) {
    cora.visit("/sign-in").await;
    cora.fill("Email address", &format!("admin@{}", customer.domain)).await;
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
    cora.sees(&format!("Who may do what for {}", customer.company)).await;
    cora.sees("It administers your account, too: it can add, change and delete your users").await;
    cora.sees("It administers your account. It sees your account with all subscriptions and orders").await;
    cora.fits_in_width().await;
    cora.screenshot("partner-relationships").await;
}

/// What the provider has open still offers what it may no longer do: its next request is refused.
async fn take_away(cora: &mut Chromium, alma: &mut Chromium, customer: &Customer) {
    cora.follow("Remove delegated admin of Harbor Distribution").await;
    cora.sees_heading("Remove delegated admin of Harbor Distribution?").await;
    cora.sees("it still sees your account, orders for you").await;
    cora.fits_in_width().await;
    cora.press("Remove delegated admin").await;
    cora.sees("Harbor Distribution no longer administers your account.").await;
    cora.sees("You took delegated admin from it on").await;

    alma.pardon(REFUSED);
    alma.press("Reset password").await;
    alma.sees_heading(&format!("No delegated administration of {}", customer.company)).await;
    alma.fits_in_width().await;
    alma.follow("Back").await;
    alma.sees("Removed by the customer on").await;
    alma.sees_not("Reset password").await;
    // Its own password is still the customer's, and it sells on.
    cora.visit("/own/subscriptions").await;
    cora.sees_heading("Subscriptions").await;
    alma.visit(&format!("/customers/{}/subscriptions/new", customer.id)).await;
    alma.sees_heading("New subscription").await;
}
