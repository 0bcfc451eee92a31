//! Promotions: the operator keeps them, providers order by them, and terms end them.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::subscriptions;
use twotier::values::id::{OfferId, SubscriptionId};
use twotier::values::moment::{Moment, days_after, months_after};

use crate::catalog::keeper;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

fn today() -> NaiveDate {
    Moment::now().day()
}

/// Somebody on the empty form fills it in: 20 percent off the suite, from today on for ten days.
fn fill_winter(browser: &mut Browser, code: &str) {
    browser.fill("Name", "Winter").fill("Percent off", "20");
    browser.fill("First day", &today().to_string()).fill("Last day", &days_after(today(), 10).to_string());
    browser.fill("Offers", code);
}

/// The ID by which the operator knows an offer.
async fn code_of(portal: &Portal, offer: &OfferId) -> String {
    portal.database.texts(&format!("SELECT code AS text FROM offers WHERE id = '{offer}'")).remove(0)
}

/// The suite at 20.00, 20 percent cheaper this winter.
async fn winter(portal: &Portal) -> OfferId {
    let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(portal).await;
    robin.visit("/promotions/new").await;
    fill_winter(&mut robin, &code_of(portal, &suite).await);
    robin.press("Add promotion").await;
    robin.sees("The promotion Winter is added.");
    suite
}

/// Somebody chooses five of the suite for Contoso, and stands on Review.
async fn reviews_five(portal: &Portal, browser: &mut Browser) {
    let contoso = portal.has_customer("Contoso").await;
    browser.visit(&format!("/customers/{contoso}/subscriptions/new")).await;
    browser.sees("Winter: 20 % less for the first term, if ordered until").sees("List price: € 20.00");
    browser.sees("€ 16.00 a month");
    browser.fill("Licenses of Suite", "5").press("Next: Review").await;
    browser.sees_heading("Review");
}

#[actix_web::test]
async fn the_operator_adds_one_changes_it_and_ends_it_early() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut robin = keeper(&portal).await;
    robin.visit("/promotions").await;
    robin.sees("No promotions yet");
    robin.follow("Add promotion").await;
    robin.press("Add promotion").await;
    assert_eq!(robin.status(), StatusCode::UNPROCESSABLE_ENTITY);
    robin.sees_problem("Name", "Enter the name.");
    fill_winter(&mut robin, "no-such-offer");
    robin.fill("Percent off", "100").press("Add promotion").await;
    robin.sees_problem("Percent off", "Enter 99 or less.");
    robin.fill("Percent off", "20").press("Add promotion").await;
    robin.sees_problem("Offers", "There is no offer with the ID “no-such-offer”.");
    assert_eq!(robin.field("Name"), "Winter", "what was typed is there");
    robin.fill("Offers", &code_of(&portal, &suite).await);
    let (mut again, mut other) = (robin.duplicate(), robin.duplicate());
    robin.press("Add promotion").await;
    robin.sees_heading("Winter").sees("Running").sees("20 % off the list price").sees("Suite");
    again.press("Add promotion").await;
    again.sees_heading("Winter").sees_not("changed in another tab");
    // The same page with other words is no second promotion, and nothing of it is dropped unsaid.
    other.fill("Name", "Spring").press("Add promotion").await;
    assert_eq!(other.status(), StatusCode::CONFLICT);
    other.sees("changed in another tab or by somebody else");
    assert_eq!(other.field("Name"), "Spring");
    robin.visit("/promotions?stage=running").await;
    robin.sees_row(&["Winter", "20 %", "Every customer", "1", "Running"]);

    // It runs: what was promised stays, and it can be longer.
    robin.follow("Winter").await;
    robin.follow("Change promotion").await;
    robin.sees("its percentage and for whom it is stay").sees_not("Percent off");
    let mut late = robin.duplicate();
    robin.fill("Last day", &days_after(today(), 20).to_string()).press("Save").await;
    robin.sees("The promotion Winter is changed.");
    late.fill("Name", "Long winter").press("Save").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    late.sees("changed in another tab or by somebody else");
    assert_eq!(late.field("Name"), "Long winter");
    late.press("Save").await;
    late.sees_heading("Long winter");

    robin.visit(late.path().to_owned().as_str()).await;
    robin.follow("End promotion").await;
    robin.sees("What was ordered at its price keeps it until the end of its term.");
    robin.press("End promotion").await;
    robin.sees("has ended").sees("Ended early").sees_no_link("Change promotion");
    let log = portal.database.texts("SELECT action AS text FROM activity_records ORDER BY occurred_at, id");
    assert_eq!(log, ["add_promotion", "update_promotion", "update_promotion", "end_promotion"]);
}

#[actix_web::test]
async fn what_is_ordered_meanwhile_costs_less_for_its_first_term() {
    let portal = Portal::open().await;
    let suite = winter(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/catalog").await;
    sam.sees("Winter: 20 % less until");
    sam.visit(&format!("/catalog/{suite}")).await;
    sam.sees("Winter: 20 % less until");
    reviews_five(&portal, &mut sam).await;
    sam.sees("Winter: 20 % less for the first term").sees("€ 80.00 a month");
    sam.press("Submit").await;
    sam.sees("Promotion Winter, for the first term").sees("€ 80.00");
    sam.follow("Suite").await;
    sam.sees("€ 16.00 each a month").sees("Winter, until the end of the term on");
    // Renewals says what comes.
    let over = months_after(today(), 12);
    let soon = days_after(today(), 20);
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{soon}'"));
    sam.visit("/renewals").await;
    sam.sees("€ 16.00 → € 20.00 each a month").sees("the promotion ends, the list price follows");
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{over}'"));
    portal.does("pass_terms", Moment::start_of(over).plus_seconds(600)).await;
    assert_eq!(price(&portal).await, 2000);
    let id = bought(&portal).await;
    sam.visit(&format!("/subscriptions/{id}")).await;
    sam.sees("€ 20.00 each a month").sees_not("Winter, until the end of the term");
}

#[actix_web::test]
async fn one_that_ends_between_review_and_submit_shows_the_new_price_first() {
    let portal = Portal::open().await;
    winter(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    reviews_five(&portal, &mut sam).await;
    portal.database.change("UPDATE promotions SET ended_at = changed_at, ended_by_name = 'Robin'");
    sam.press("Submit").await;
    sam.sees_heading("Review").sees("€ 100.00 a month").sees_not("Winter");
    let none: Vec<String> = portal.database.texts("SELECT id AS text FROM subscriptions");
    assert!(none.is_empty(), "nothing is ordered");
    sam.press("Submit").await;
    assert_eq!(price(&portal).await, 2000);
}

#[actix_web::test]
async fn one_for_new_customers_is_not_for_who_has_bought_already() {
    let portal = Portal::open().await;
    winter(&portal).await;
    portal.database.change("UPDATE promotions SET for_new_customers = TRUE");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    reviews_five(&portal, &mut sam).await;
    sam.press("Submit").await;
    assert_eq!(price(&portal).await, 1600);
    let contoso: Vec<String> = portal.database.texts("SELECT id AS text FROM customers");
    sam.visit(&format!("/customers/{}/subscriptions/new", contoso.first().expect("a customer"))).await;
    sam.sees("€ 20.00 a month").sees_not("Winter");
}

#[actix_web::test]
async fn a_trial_is_no_purchase() {
    let portal = Portal::open().await;
    winter(&portal).await;
    portal.database.change("UPDATE promotions SET for_new_customers = TRUE");
    let contoso = portal.has_customer("Contoso").await;
    portal.has_subscription(&contoso, PlainSubscription::trial("Trial E5")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions/new")).await;
    sam.sees("€ 16.00 a month").sees("Winter: 20 % less for the first term");
}

#[actix_web::test]
async fn a_trial_becomes_what_is_cheaper_at_that_price_for_its_first_term() {
    let portal = Portal::open().await;
    let suite = winter(&portal).await;
    let contoso = portal.has_customer("Contoso").await;
    let trial = portal.has_subscription(&contoso, PlainSubscription::trial("Suite Trial")).await;
    portal.database.change(&format!("UPDATE offers SET converts_to = '{suite}' WHERE is_trial"));
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{trial}/conversion")).await;
    sam.sees("List price: € 20.00").sees("€ 16.00");
    sam.press("Show what it costs").await;
    sam.sees("List price: € 20.00").sees("Winter: 20 % less for the first term");
    sam.press("Convert to paid").await;
    sam.sees("€ 16.00 each a month").sees("Winter, until the end of the term on");
    let renews = portal.database.texts("SELECT CAST(renews_on AS TEXT) AS text FROM subscriptions");
    let over = renews.first().expect("a subscription").parse().expect("a day");
    portal.does("pass_terms", Moment::start_of(over).plus_seconds(600)).await;
    assert_eq!(price(&portal).await, 2000);
}

#[actix_web::test]
async fn an_upgrade_is_an_order_too() {
    let portal = Portal::open().await;
    let suite = winter(&portal).await;
    let contoso = portal.has_customer("Contoso").await;
    let id = portal.has_subscription(&contoso, PlainSubscription::new("Basic")).await;
    let basic = portal.offer_of(&id).await;
    portal
        .database
        .change(&format!("INSERT INTO offer_upgrades (offer_id, target_id) VALUES ('{basic}', '{suite}')"));
    let mut sam = portal.browser_of(Role::AdminAgent).await;
    sam.visit(&format!("/subscriptions/{id}/upgrade")).await;
    sam.sees("List price: € 20.00").sees("€ 16.00");
    sam.press("Show what it costs").await;
    sam.sees("Winter: 20 % less for the first term");
    sam.press("Upgrade now").await;
    sam.sees_heading("Upgraded to Suite");
    sam.follow("Suite").await;
    sam.sees("€ 16.00 each a month").sees("Winter, until the end of the term on");
    let named =
        "SELECT count(*) FROM order_lines WHERE promotion_name = 'Winter' AND unit_price_minor = 1600";
    assert_eq!(portal.database.number(named), 1);
}

#[actix_web::test]
async fn offers_in_another_order_are_the_same_promotion() {
    let portal = Portal::open().await;
    let (suite, basic) = (
        portal.has_offer(PlainOffer::new("Suite", 2000)).await,
        portal.has_offer(PlainOffer::new("Basic", 500)).await,
    );
    let codes = (code_of(&portal, &suite).await, code_of(&portal, &basic).await);
    let mut robin = keeper(&portal).await;
    robin.visit("/promotions/new").await;
    fill_winter(&mut robin, &format!("{} {}", codes.0, codes.1));
    let mut again = robin.duplicate();
    robin.press("Add promotion").await;
    again.press("Add promotion").await;
    again.sees_heading("Winter").sees_not("changed in another tab");
}

async fn price(portal: &Portal) -> i64 {
    portal.query(|conn| Ok(subscriptions::table.select(subscriptions::unit_price_minor).first(conn)?)).await
}

async fn bought(portal: &Portal) -> SubscriptionId {
    portal.query(|conn| Ok(subscriptions::table.select(subscriptions::id).first(conn)?)).await
}
