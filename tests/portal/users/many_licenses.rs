//! Licenses for many users at once: a selection that stays, a result for each, and never more than was bought.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::values::id::CustomerId;
use twotier::values::moment::Moment;

use super::adds;
use super::licenses::product;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Gives a product to users who are ticked by name in the list.
pub async fn gives_all(browser: &mut Browser, customer: &CustomerId, names: &[&str], product: &str) {
    browser.visit(&format!("/customers/{customer}/users")).await;
    for name in names {
        browser.check(&format!("Select {name}"));
    }
    browser.press("Manage licenses").await;
    browser.choose(&format!("Licenses of {product}"), "Give to all").press("Save").await;
}

/// Adds users of these first names.
pub async fn has_users(browser: &mut Browser, customer: &CustomerId, names: &[&str]) {
    for name in names {
        adds(browser, customer, (name, "Moss", &name.to_lowercase())).await;
    }
}

#[actix_web::test]
async fn who_comes_last_is_told_that_none_is_left_and_stays_selected() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 2, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &alder, &["Ann", "Ben", "Cyd"]).await;
    gives_all(&mut ada, &alder, &["Ann Moss", "Ben Moss", "Cyd Moss"], "Suite").await;
    assert_eq!(ada.status(), StatusCode::OK);
    ada.sees_heading("Licenses updated, not for everybody").sees("2 users changed").sees("1 refused");
    ada.sees_row(&["Ann Moss", "Done Given: Suite."]).sees_row(&["Ben Moss", "Done"]);
    ada.sees_row(&["Cyd Moss", "Refused No license of Suite is left."]);
    // Only who was refused is still selected.
    ada.follow("Manage licenses again").await;
    ada.sees("1 user of Alder").sees("Cyd Moss").sees_link("Buy more of Suite");
    ada.choose("Licenses of Suite", "Give to all").press("Save").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_heading("No licenses were changed");
    // One takes it away from somebody, and then there is one.
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees("1 selected");
    ada.press("Clear selection").await;
    ada.sees("Nothing selected");
    ada.check("Select Ann Moss").press("Manage licenses").await;
    ada.sees_row(&["Suite", "0 of 2 2 assigned", "All of them"]);
    ada.choose("Licenses of Suite", "Take from all").press("Save").await;
    ada.sees_heading("Licenses updated").sees_row(&["Ann Moss", "Taken: Suite."]);
    gives_all(&mut ada, &alder, &["Cyd Moss"], "Suite").await;
    ada.sees_row(&["Cyd Moss", "Done"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 2);
}

#[actix_web::test]
async fn a_selection_survives_pages_and_is_everybodys_own() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 50, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let names: Vec<String> = (10..37).map(|number| format!("User{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    has_users(&mut ada, &alder, &names).await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.check("Select User10 Moss").press("Select ticked, next page").await;
    ada.sees("1 selected");
    ada.check("Select User36 Moss").press("Select ticked").await;
    ada.sees("2 selected").sees("User36 Moss");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/users")).await;
    sam.sees("Nothing selected");
    sam.press("Manage licenses").await;
    sam.sees("Nobody is selected.");
    ada.press("Manage licenses").await;
    ada.sees("2 users of Alder").sees("User10 Moss, User36 Moss");
    ada.press("Save").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Choose for at least one product what is to change.");
    ada.choose("Licenses of Suite", "Give to all").press("Save").await;
    ada.sees("2 users changed");
    assert_eq!(portal.database.number("SELECT count(*) FROM user_picks"), 0);
    // Ticks that nobody used are forgotten.
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.check("Select User11 Moss").press("Select ticked").await;
    portal.does("forget_user_picks", Moment::now().plus_days(2)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM user_picks"), 0);
}

#[actix_web::test]
async fn ten_people_who_give_the_last_license_at_once_give_one() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 1, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let names: Vec<String> = (10..20).map(|number| format!("User{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    has_users(&mut ada, &alder, &names).await;
    let mut browsers = Vec::new();
    for name in &names {
        let mut browser = ada.duplicate();
        browser.visit(&format!("/customers/{alder}/users")).await;
        browser.follow(&format!("{name} Moss")).await;
        browser.follow("Manage licenses").await;
        browser.check("License of Suite");
        browsers.push(browser);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Save"))).await;
    let given = browsers.iter().filter(|browser| browser.status() == StatusCode::OK).count();
    assert_eq!(given, 1);
    let refused = browsers.iter().filter(|browser| browser.status() == StatusCode::UNPROCESSABLE_ENTITY);
    for browser in refused {
        browser.sees("No license of Suite is left.");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 1);
}

#[actix_web::test]
async fn licenses_of_a_deleted_user_come_back_if_they_are_still_free() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 1, "")).await;
    portal.has_subscription(&alder, product("Calls", 1, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &alder, &["Ann", "Ben"]).await;
    gives_all(&mut ada, &alder, &["Ann Moss"], "Suite").await;
    gives_all(&mut ada, &alder, &["Ann Moss"], "Calls").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Ann Moss").await;
    ada.follow("Delete").await;
    ada.sees("2 licenses are taken away at once.");
    ada.press("Yes, delete user").await;
    // Somebody else gets one of the two meanwhile.
    gives_all(&mut ada, &alder, &["Ben Moss"], "Suite").await;
    ada.sees_row(&["Ben Moss", "Done"]);
    ada.visit(&format!("/customers/{alder}/users/deleted")).await;
    ada.press("Restore ann@alder.onmicrosoft.com").await;
    ada.sees("but without these licenses, which could not be given back: Suite.").sees("Calls");
    ada.visit(&format!("/customers/{alder}/licenses")).await;
    ada.sees_row(&["Calls", "1", "1", "0"]).sees_row(&["Suite", "1", "1", "0"]);
}

#[actix_web::test]
async fn who_is_ticked_after_the_page_was_shown_is_left_out() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 5, "Mail;Files")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &alder, &["Ann", "Ben", "Cyd"]).await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.check("Select Ann Moss").press("Manage licenses").await;
    let mut tab = ada.duplicate();
    tab.visit(&format!("/customers/{alder}/users")).await;
    tab.press("Select all found").await;
    tab.sees("3 selected");
    ada.choose("Licenses of Suite", "Give to all").press("Save").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Nothing was done.").sees("3 users of Alder").sees("Ann Moss, Ben Moss, Cyd Moss");
    ada.press("Save").await;
    ada.sees("3 users changed");
    // Whoever has it keeps what is turned off, also when it is given to all once more.
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Ben Moss").await;
    ada.follow("Manage licenses").await;
    ada.within("What a license of Suite holds").uncheck("Mail");
    ada.press("Save").await;
    gives_all(&mut ada, &alder, &["Ann Moss", "Ben Moss"], "Suite").await;
    ada.sees("2 as before");
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses WHERE plans_off = 'Mail'"), 1);
}
