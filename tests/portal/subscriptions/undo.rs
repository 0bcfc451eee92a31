//! A change of a quantity is undone while its window is open, and everything is as it was.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::SubscriptionId;
use twotier::values::moment::Moment;

use super::{
    actions, brightwater_administers_contoso, changes_quantity, contoso_has_basic, is_now, kept, page,
};
use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::support::table::table;

async fn undoes(browser: &mut Browser, id: &SubscriptionId) {
    browser.visit(&page(id)).await;
    browser.follow("Undo the change of Business Basic").await;
    browser.press("Undo the change").await;
}

/// The windows of all changes close so many seconds from now.
fn closes_in(portal: &Portal, seconds: i64) {
    let until = Moment::now().plus_seconds(seconds).at(chrono_tz::UTC).format("%Y-%m-%d %H:%M:%S");
    portal.database.change(&format!("UPDATE quantity_changes SET undo_until = '{until}'"));
}

#[actix_web::test]
async fn a_change_is_asked_about_with_its_price_and_undone_exactly() {
    let portal = Portal::open().await;
    let (brightwater, _, id) = brightwater_administers_contoso(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees_no_link("Undo the change of Business Basic");
    sam.fill("Quantity", "30").press("Change quantity").await;
    // The term began today: the whole month is left, five more at € 5.10.
    sam.sees("€ 25.50, before tax: € 5.10 for each").sees("It can be undone until");
    sam.press("Change quantity").await;
    sam.sees("the quantity was 25. Until").sees("30 licenses");
    let mut rita = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    rita.visit(&page(&id)).await;
    rita.follow("Undo the change of Business Basic").await;
    rita.sees("25 licenses → 30 licenses").sees("There will be as many as before: 25 licenses.");
    rita.sees("−€ 25.50, before tax");
    rita.press("Undo the change").await;
    rita.sees("The change is undone.").sees("25 licenses").sees_no_link("Undo the change of Business Basic");
    assert_eq!(kept(&portal, &id).await, (25, 3));
    assert_eq!(
        actions(&portal, &portal.harbor.id, &id).await,
        ["update_subscription", "undo_quantity_change"]
    );
    rita.visit(&format!("{}/undo", page(&id))).await;
    rita.sees("No change of its quantity can be undone any more.");
}

#[actix_web::test]
async fn changes_are_undone_one_after_the_other_the_last_first() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "30").await;
    changes_quantity(&mut sam, "20").await;
    undoes(&mut sam, &id).await;
    assert_eq!(kept(&portal, &id).await.0, 30);
    undoes(&mut sam, &id).await;
    assert_eq!(kept(&portal, &id).await.0, 25);
    changes_quantity(&mut sam, "26").await;
    undoes(&mut sam, &id).await;
    assert_eq!(kept(&portal, &id).await.0, 25);
}

#[actix_web::test]
async fn a_closed_window_stays_closed_also_for_a_page_that_is_still_open() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "30").await;
    sam.follow("Undo the change of Business Basic").await;
    closes_in(&portal, -1);
    sam.press("Undo the change").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("No change of its quantity can be undone any more.");
    assert_eq!(kept(&portal, &id).await.0, 30);
    sam.visit("/quantity-changes").await;
    sam.sees("Nothing can be undone");
}

#[actix_web::test]
async fn what_has_changed_since_is_not_undone() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "30").await;
    portal.database.change("UPDATE subscriptions SET unit_price_minor = 600");
    sam.visit(&format!("{}/undo", page(&id))).await;
    sam.sees("Its quantity or its price has changed since");
    portal.database.change("UPDATE subscriptions SET unit_price_minor = 510");
    is_now(&portal, &id, "suspended", None).await;
    sam.visit(&format!("{}/undo", page(&id))).await;
    sam.sees("It is suspended. Reactivate it first.");
    sam.visit("/quantity-changes").await;
    sam.sees("Nothing can be undone");
}

#[actix_web::test]
async fn it_is_undone_once_and_whoever_comes_second_is_told() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "30").await;
    let mut sellers = Vec::new();
    for _ in 0..3 {
        let mut seller = portal.browser_of(Role::SalesAgent).await;
        seller.visit(&format!("{}/undo", page(&id))).await;
        sellers.push(seller);
    }
    join_all(sellers.iter_mut().map(|seller| seller.press("Undo the change"))).await;
    assert_eq!(kept(&portal, &id).await, (25, 3));
    let done = actions(&portal, &portal.harbor.id, &id).await;
    assert_eq!(done, ["update_subscription", "undo_quantity_change"]);
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "28").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("{}/undo", page(&id))).await;
    sam.fill("Nickname", "Front desk").press("Change nickname").await;
    ada.press("Undo the change").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("What you sent is not saved.");
    ada.press("Undo the change").await;
    assert_eq!(kept(&portal, &id).await.0, 25);
    let form = [("version", "1"), ("change", "no id")];
    ada.stay().post(&format!("{}/undo", page(&id)), &form).await;
    assert_eq!(ada.status(), StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn a_provider_lists_what_closes_soon_and_nobody_else_sees_it() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/quantity-changes").await;
    sam.sees("Nothing can be undone").sees_no_link("Export as CSV");
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "30").await;
    sam.visit("/renewals").await;
    sam.follow("Changes that can be undone").await;
    sam.sees_row(&["Business Basic", "Contoso", "25 → 30 licenses", "Sam sales_agent"]);
    sam.follow("Export as CSV").await;
    let lines = table(&sam.download().bytes);
    assert_eq!(lines.len(), 2);
    assert_eq!(&lines[1][5..7], ["25", "30"]);
    sam.visit("/quantity-changes?closing=24").await;
    sam.sees("Nothing can be undone");
    closes_in(&portal, 3_600);
    sam.visit("/quantity-changes?closing=24&after=x").await;
    sam.sees_row(&["Business Basic"]);
    let mut helga = portal.browser_of(Role::HelpdeskAgent).await;
    helga.visit("/quantity-changes").await;
    helga.sees_row(&["Business Basic"]).sees_no_link("Undo the change of Business Basic");
    let other = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = portal.browser_in(&other, &[Role::AdminAgent]).await;
    eve.visit("/quantity-changes").await;
    eve.sees("Nothing can be undone");
    eve.visit(&format!("{}/undo", page(&id))).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn what_was_planned_before_is_planned_again() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    portal.database.change("UPDATE subscriptions SET renewal_quantity = 30");
    let planned = "SELECT coalesce(max(renewal_quantity), 0) AS number FROM subscriptions";
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "30").await;
    assert_eq!(portal.database.number(planned), 0);
    undoes(&mut sam, &id).await;
    assert_eq!((kept(&portal, &id).await.0, portal.database.number(planned)), (25, 30));
}
