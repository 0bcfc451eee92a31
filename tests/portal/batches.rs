//! Upload users: what each row would do is shown first, the good rows go in, the bad ones come back, and the whole can be
//! taken back.

mod dialects;
mod judging;
mod large;
mod licensed;
mod passwords;
mod returning;
mod sharing;

use twotier::access::Role;
use twotier::values::id::CustomerId;
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The heads of the file that Microsoft's portals took.
const HEADS: &str = "First name,Last name,Display name,Email,Status update";

/// Uploads a file for a customer, and shows what it would do.
async fn uploads(browser: &mut Browser, customer: &CustomerId, file: impl AsRef<[u8]>) {
    browser.visit(&format!("/customers/{customer}/users")).await;
    browser.follow("Upload users").await;
    browser.attach("File", file).press("Show what it does").await;
}

/// Does what the portal has to do with files that were sent.
pub async fn works(portal: &Portal) {
    let kinds: Vec<_> = twotier::server::chores::kinds();
    let kinds: Vec<_> = kinds.into_iter().filter(|kind| kind.name == "work_off_upload").collect();
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let done = portal.worker(&kinds, Moment::now()).work_due(&stopped).await.expect("the work is done");
    assert!(done > 0, "there was nothing to do");
    let failed = "SELECT count(*) FROM jobs WHERE kind = 'work_off_upload' AND failed_at IS NOT NULL";
    assert_eq!(portal.database.number(failed), 0, "it failed");
}

/// Applies the short file in view, and shows what came of it.
async fn applies(browser: &mut Browser, button: &str) {
    browser.press(button).await;
    browser.sees("Applied. Below stands what came of each row.");
}

/// Alder, and somebody who looks after its users.
async fn begins(portal: &Portal) -> (CustomerId, Browser) {
    let alder = portal.has_customer("Alder").await;
    (alder, portal.browser_of(Role::AdminAgent).await)
}

/// How many users Alder has beside the first.
fn users(portal: &Portal) -> i64 {
    portal
        .database
        .number("SELECT count(*) FROM customer_users WHERE NOT is_first_admin AND deleted_at IS NULL")
}
