//! What was ticked when a file was asked for, whatever is ticked later.

use twotier::access::Role;
use twotier::values::moment::Moment;

use super::job::{JOB, TIDYING, scene};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const SELECTIONS: &str = "SELECT count(*) FROM customer_selections";

/// Selects all eight but one, and asks for the file in a tab of its own; answers that.
async fn asked(browser: &mut Browser) -> Browser {
    browser.visit("/customers").await;
    browser.press("Select all found").await;
    browser.uncheck("Select Alder 3").press("Select ticked").await;
    let mut asking = browser.duplicate();
    asking.follow("Export selected").await;
    asking.press("Make the file").await;
    asking
}

async fn taken(portal: &Portal, browser: &mut Browser) -> String {
    portal.does(JOB, Moment::now()).await;
    browser.reload().await;
    browser.follow("Download the file").await;
    browser.download().text()
}

#[actix_web::test]
async fn what_is_cleared_later_is_in_the_file_and_stays_in_it() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut asking = asked(&mut sam).await;
    sam.press("Clear selection").await;
    let text = taken(&portal, &mut asking).await;
    assert!(text.lines().count() == 8 && !text.contains("Alder 3"), "{text}");
    asking.reload().await;
    asking.follow("Download the file").await;
    assert_eq!(asking.download().text(), text);
    // What was kept apart goes with the file.
    assert_eq!(portal.database.number(SELECTIONS), 2);
    portal.does(TIDYING, Moment::now().plus_days(2)).await;
    assert_eq!(portal.database.number(SELECTIONS), 1);
}

#[actix_web::test]
async fn all_of_another_search_changes_nothing() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut asking = asked(&mut sam).await;
    sam.fill("Search name, domain or Microsoft ID", "alder 3").press("Apply").await;
    sam.press("Select all found").await;
    let text = taken(&portal, &mut asking).await;
    assert!(text.lines().count() == 8 && !text.contains("Alder 3"), "{text}");
}
