//! Users and licenses: the users of a customer's company, as its partners look after them.

mod adding;
mod changing;
mod credentials;
mod deleting;
pub mod licenses;
pub mod many_licenses;
mod reach;

use twotier::values::id::CustomerId;

use crate::support::browser::Browser;

/// Opens Users and licenses of a customer, and adds a user with this name and user name.
pub async fn adds(
    browser: &mut Browser,
    customer: &CustomerId,
    (first, last, user_name): (&str, &str, &str),
) {
    browser.visit(&format!("/customers/{customer}/users")).await;
    browser.follow("Add user").await;
    fills(browser, (first, last, user_name));
    browser.press("Add").await;
}

/// Adds Mia Moss, hands her password over and opens her page; answers its address.
async fn opens_mia(browser: &mut Browser, customer: &CustomerId) -> String {
    adds(browser, customer, ("Mia", "Moss", "mia")).await;
    browser.press("Done").await;
    browser.follow("Mia Moss").await;
    browser.path().to_owned()
}

fn fills(browser: &mut Browser, (first, last, user_name): (&str, &str, &str)) {
    browser.fill("First name (optional)", first).fill("Last name (optional)", last);
    browser.fill("User name", user_name);
}

/// The temporary password of a user on the page in view.
#[track_caller]
fn password_of(browser: &Browser, user_name: &str) -> String {
    browser.sees(user_name);
    let rows = browser.rows();
    let row = rows.iter().find(|row| row.iter().any(|cell| cell == user_name)).expect("a row of the user");
    let words = row.get(2).expect("a password").split_whitespace().next();
    words.expect("a password").to_owned()
}
