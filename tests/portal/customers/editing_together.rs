//! Two people with one account, and one who presses twice.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::editing::account;
use crate::support::portal::Portal;

const RECORDS: &str = "SELECT count(*) FROM activity_records WHERE action LIKE 'update_customer_%'";

#[actix_web::test]
async fn of_two_who_change_different_fields_neither_undoes_the_other() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let page = format!("{}/company", account(&alder));
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    sam.visit(&page).await;
    olga.visit(&page).await;
    olga.fill("City", "Kiel").press("Save").await;
    sam.fill("Company name", "Alder AG").press("Save").await;
    sam.sees("The account is changed.").sees("Alder AG").sees("Kiel");
    // Another block is another field, too.
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("{}/contact", account(&alder))).await;
    sam.visit(&page).await;
    sam.fill("City", "Bremen").press("Save").await;
    helen.fill("Last name", "Holm").press("Save").await;
    helen.sees("The account is changed.").sees("Bremen").sees("Cora Holm");
}

#[actix_web::test]
async fn what_both_changed_is_shown_with_both_versions() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let page = format!("{}/company", account(&alder));
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    sam.visit(&page).await;
    ada.visit(&page).await;
    ada.fill("City", "Kiel").choose("Culture / language", "French (Germany)").press("Save").await;
    // A problem in the form does not bring the newer version in by the back door.
    sam.fill("City", "Bremen").choose("Culture / language", "English (Germany)").fill("Company name", "");
    sam.press("Save").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.fill("Company name", "Alder AG").press("Save").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees_row(&["City", "Kiel", "Bremen"]).sees_row(&["Culture / language", "French", "English"]);
    assert_eq!((sam.field("City"), sam.field("Company name")), ("Bremen".to_owned(), "Alder AG".to_owned()));
    assert_eq!(portal.database.number(RECORDS), 1);
    sam.press("Save").await;
    sam.sees("The account is changed.").sees("Bremen").sees("English (Germany)");
}

#[actix_web::test]
async fn what_is_like_that_already_says_so_and_is_recorded_once() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let page = format!("{}/contact", account(&alder));
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page).await;
    sam.press("Save").await;
    sam.sees("Nothing was changed: it is like that already.");
    sam.visit(&page).await;
    sam.fill("Last name", "Holm");
    let mut again = sam.duplicate();
    sam.press("Save").await;
    again.press("Save").await;
    again.sees("Nothing was changed: it is like that already.");
    assert_eq!(portal.database.number(RECORDS), 1);
    assert_eq!(portal.database.number("SELECT version FROM customers"), 2);
}

#[actix_web::test]
async fn of_many_at_once_each_change_is_kept_or_told() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let page = format!("{}/contact", account(&alder));
    let mut browsers = Vec::new();
    for name in ["Ames", "Bell", "Cole"] {
        let mut browser = portal.browser_of(Role::SalesAgent).await;
        browser.visit(&page).await;
        browser.fill("Last name", name);
        browsers.push(browser);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Save"))).await;
    let kept = browsers.iter().filter(|browser| browser.status() == StatusCode::OK).count();
    let told = browsers.iter().filter(|browser| browser.status() == StatusCode::CONFLICT).count();
    assert_eq!((kept, told), (1, 2));
    assert_eq!(portal.database.number(RECORDS), 1);
}
