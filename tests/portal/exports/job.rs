//! A list that is too long to be sent at once.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::moment::Moment;

use super::workbook::{about, rows};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

pub const JOB: &str = "make_export";
pub const TIDYING: &str = "delete_exports";
pub const FILES: &str = "SELECT count(*) FROM exports";
pub const PIECES: &str = "SELECT count(*) FROM export_pieces";

/// Eight customers, where five are many.
pub async fn scene() -> Portal {
    let portal = Portal::open_with(|site| site.large_export = 5).await;
    for nth in 1..=8 {
        portal.has_customer(&format!("Alder {nth}")).await;
    }
    portal
}

/// Goes from the list to the page that says it is long.
pub async fn asking(browser: &mut Browser, way: &str) {
    browser.visit("/customers").await;
    browser.follow(way).await;
    browser
        .sees_heading("Export a long list")
        .sees("The portal looks through more than 5 rows for this list");
}

/// Asks for the list as CSV, and says that it is wanted.
pub async fn asks(browser: &mut Browser) {
    asking(browser, "Export as CSV").await;
    browser.press("Make the file").await;
}

/// The same, and the portal makes it; answers where the file is.
pub async fn has_file(portal: &Portal, browser: &mut Browser) -> String {
    asks(browser).await;
    portal.does(JOB, Moment::now()).await;
    browser.reload().await;
    browser.href("Download the file")
}

#[actix_web::test]
async fn a_long_list_is_made_by_a_job_and_found_under_exports() {
    let portal = scene().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.signed_in(&email).await;
    asking(&mut sam, "Export as CSV").await;
    assert_eq!(portal.database.number(FILES), 0);
    sam.press("Make the file").await;
    sam.sees("The file is being made.").sees("The file waits for its turn").sees_no_link("Download the file");
    portal.does(JOB, Moment::now()).await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&email);
    assert!(letter.body_text.contains("/exports/"), "{}", letter.body_text);
    sam.follow("See how far it is").await;
    sam.sees("Ready").sees("The file is ready.");
    sam.follow("Download the file").await;
    let file = sam.download();
    assert_eq!(file.name, "customers.csv");
    assert_eq!(file.text().lines().count(), 9);
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/customers").await;
    gina.follow("Exports").await;
    gina.sees_row(&["Customers", "The whole list", "CSV", "Sam sales_agent", "Ready", "8", "1"]);
    gina.visit("/security").await;
    gina.sees_row(&["List exported Customers", "Sam sales_agent"]);
}

#[actix_web::test]
async fn a_workbook_is_made_of_what_is_filtered_and_says_so() {
    let portal = scene().await;
    for nth in 1..=6 {
        portal.has_customer(&format!("Birch {nth}")).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers?search=b").await;
    sam.follow("Export for Excel").await;
    sam.press("Make the file").await;
    portal.does(JOB, Moment::now()).await;
    sam.reload().await;
    sam.follow("Download the file").await;
    let book = sam.download().bytes;
    assert_eq!(rows(&book, 1).len(), 7);
    let told = about(&book);
    for line in [("Search", "b"), ("Rows", "6"), ("Exported by", "Sam sales_agent")] {
        assert!(told.contains(&(line.0.to_owned(), line.1.to_owned())), "{told:?}");
    }
}

#[actix_web::test]
async fn what_is_sent_twice_is_made_once() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asking(&mut sam, "Export as CSV").await;
    let mut again = sam.duplicate();
    sam.press("Make the file").await;
    again.press("Make the file").await;
    again.sees("That file had been asked for already.");
    assert_eq!(portal.database.number(FILES), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM jobs WHERE kind = 'make_export'"), 1);
}

#[actix_web::test]
async fn no_more_than_a_few_of_an_organization_wait() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for _ in 0..4 {
        asks(&mut sam).await;
    }
    sam.sees("Nothing was begun: 3 files of your organization are being made.").sees_heading("Customers");
    assert_eq!(portal.database.number(FILES), 3);
}

#[actix_web::test]
async fn what_a_killed_portal_has_left_is_no_part_of_the_file() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asks(&mut sam).await;
    for number in [0, 1, 7] {
        portal.database.change(&format!(
            "INSERT INTO export_pieces (export_id, number, body) SELECT id, {number}, 'QUJD' FROM exports"
        ));
    }
    portal.does(JOB, Moment::now()).await;
    sam.reload().await;
    sam.follow("Download the file").await;
    let text = sam.download().text();
    assert!(!text.contains("ABC") && text.lines().count() == 9, "{text}");
    assert_eq!(portal.database.number(PIECES), 1);
    // Done again, it finds done what is done.
    portal.database.change("UPDATE jobs SET state = 'waiting', payload = (SELECT '\"' || id || '\"' FROM exports) WHERE kind = 'make_export'");
    portal.does(JOB, Moment::now().plus_seconds(60)).await;
    assert_eq!(portal.database.number(PIECES), 1);
}

#[actix_web::test]
async fn a_file_is_deleted_after_a_day() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (file, made) = (has_file(&portal, &mut sam).await, Moment::now());
    portal.does(TIDYING, made.plus_seconds(24 * 3600 - 60)).await;
    assert_eq!(portal.database.number(PIECES), 1);
    portal.does(TIDYING, made.plus_seconds(25 * 3600 + 60)).await;
    assert_eq!(portal.database.number(PIECES), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM exports WHERE state = 'expired'"), 1);
    sam.visit(&file).await;
    sam.sees("That file is not there, or not any more.").sees("Deleted");
    sam.sees("The file is deleted").sees_no_link("Download the file");
}

#[actix_web::test]
async fn over_is_over_also_before_it_is_deleted() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let file = has_file(&portal, &mut sam).await;
    portal.database.change("UPDATE exports SET expires_at = asked_at");
    sam.visit(&file).await;
    sam.sees("That file is not there, or not any more.").sees("Deleted");
}

#[actix_web::test]
async fn whoever_may_not_have_it_any_more_gets_nothing() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for _ in 0..2 {
        has_file(&portal, &mut sam).await;
    }
    let file = sam.href("Download the file");
    asks(&mut sam).await;
    portal.database.change("UPDATE person_roles SET role = 'helpdesk_agent'");
    portal.does(JOB, Moment::now()).await;
    sam.reload().await;
    sam.sees("Refused").sees("the portal’s rules refuse this list to whoever asked for it");
    sam.visit(&file).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    assert_eq!(portal.database.number("SELECT count(*) FROM exports WHERE state = 'refused'"), 1);
}

#[actix_web::test]
async fn nothing_is_made_for_somebody_who_is_deactivated() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asks(&mut sam).await;
    portal.database.change("UPDATE people SET state = 'inactive'");
    portal.does(JOB, Moment::now()).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM exports WHERE state = 'refused'"), 1);
    assert_eq!(portal.database.number(PIECES), 0);
}

#[actix_web::test]
async fn a_file_is_its_owners_alone() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let file = has_file(&portal, &mut sam).await;
    let page = file.trim_end_matches("/file").to_owned();
    // A Global admin sees that there is one.
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit(&page).await;
    gina.sees("Only whoever asked for the file can download it.").sees_no_link("Download the file");
    gina.visit(&file).await;
    assert_eq!(gina.status(), StatusCode::NOT_FOUND);
    // Others of the organisation do not, nor do those of another one.
    let other = portal.has_organisation(OrganisationKind::Provider, "Foreign Distribution", "DE").await;
    let strangers =
        [portal.browser_of(Role::AdminAgent).await, portal.browser_in(&other, &[Role::GlobalAdmin]).await];
    for mut stranger in strangers {
        for path in [&page, &file] {
            stranger.visit(path).await;
            assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{path}");
        }
        stranger.visit("/exports").await;
        stranger.sees_heading("No long list was exported");
    }
}

#[actix_web::test]
async fn a_suspended_organization_has_nothing_made_and_nothing_taken() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asking(&mut sam, "Export as CSV").await;
    let mut later = sam.duplicate();
    let mut waiting = sam.duplicate();
    sam.press("Make the file").await;
    portal.does(JOB, Moment::now()).await;
    sam.reload().await;
    let file = sam.href("Download the file");
    asks(&mut waiting).await;
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    portal.does(JOB, Moment::now()).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM exports WHERE state = 'refused'"), 1);
    sam.visit(&file).await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    later.press("Make the file").await;
    assert_eq!(later.status(), StatusCode::FORBIDDEN);
}
