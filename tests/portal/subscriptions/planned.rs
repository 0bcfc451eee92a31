//! A quantity is planned for the next term, shown, changed and withdrawn until its day, and then holds.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::{Moment, months_after};

use super::{actions, brightwater_administers_contoso, contoso_has_basic, kept, log, page};
use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::support::table::table;

/// What is chosen for a term that began today.
fn at_renewal() -> String {
    format!("When it renews, on {}", months_after(Moment::now().day(), 12).format("%-d %b %Y"))
}

async fn plans(browser: &mut Browser, quantity: &str) {
    browser.fill("Quantity", quantity).choose("From when on", &at_renewal()).press("Change quantity").await;
    browser.sees("when the next term begins");
    browser.press("Change quantity").await;
}

#[actix_web::test]
async fn fewer_are_planned_and_hold_from_the_next_term_on() {
    let portal = Portal::open().await;
    let (_, _, id) = brightwater_administers_contoso(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    plans(&mut sam, "20").await;
    sam.sees("The quantity changes when the next term begins.")
        .sees("From that day on there will be 20 licenses.");
    assert_eq!(kept(&portal, &id).await.0, 25);
    let day = months_after(Moment::now().day(), 12);
    portal.database.change(&format!(
        "UPDATE subscriptions SET renews_on = '{}'",
        twotier::values::moment::days_after(Moment::now().day(), 5)
    ));
    sam.visit("/renewals").await;
    sam.sees_row(&["Business Basic", "25 → 20 licenses", "−€ 25.50"]);
    sam.follow("Export as CSV").await;
    let lines = table(&sam.download().bytes);
    assert_eq!((lines[1][7].as_str(), lines[1][13].as_str()), ("25", "20"));
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}'"));
    portal.does("pass_terms", Moment::start_of(day).plus_seconds(600)).await;
    assert_eq!(kept(&portal, &id).await.0, 20);
    let (action, changes, _) = log(&portal, &portal.harbor.id, &id).await.pop().unwrap();
    assert_eq!(action, "renew_subscription");
    assert!(changes.contains("quantity"), "{changes}");
    portal.does("pass_terms", Moment::start_of(months_after(day, 12)).plus_seconds(600)).await;
    assert_eq!(kept(&portal, &id).await.0, 20, "it holds from then on");
}

#[actix_web::test]
async fn a_plan_is_changed_and_withdrawn_until_its_day() {
    let portal = Portal::open().await;
    let (brightwater, _, id) = brightwater_administers_contoso(&portal).await;
    let mut rita = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    rita.visit(&page(&id)).await;
    plans(&mut rita, "20").await;
    plans(&mut rita, "40").await;
    rita.sees("From that day on there will be 40 licenses.");
    rita.press("Keep the quantity instead").await;
    rita.sees("What was planned is withdrawn.").sees_not("From that day on there will be");
    plans(&mut rita, "40").await;
    // Back to what there is is no plan.
    plans(&mut rita, "25").await;
    rita.sees_not("From that day on there will be");
    rita.fill("Quantity", "25").choose("From when on", &at_renewal()).press("Change quantity").await;
    rita.sees("Nothing was changed");
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, ["update_subscription"; 5]);
    let day = months_after(Moment::now().day(), 12);
    portal.does("pass_terms", Moment::start_of(day).plus_seconds(600)).await;
    assert_eq!(kept(&portal, &id).await.0, 25);
}

#[actix_web::test]
async fn what_is_planned_keeps_to_the_offer_and_to_what_renews() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.fill("Quantity", "301").choose("From when on", &at_renewal()).press("Change quantity").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sam.page().value("Quantity").unwrap(), "301");
    let form = [("version", "1"), ("quantity", "20"), ("when", "someday")];
    sam.stay().post(&format!("{}/quantity", page(&id)), &form).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.visit(&page(&id)).await;
    sam.press(&format!("Let it end on {}", months_after(Moment::now().day(), 12).format("%-d %b %Y"))).await;
    sam.sees_not("From when on");
    let form = [("version", "2"), ("quantity", "20"), ("when", "renewal")];
    sam.stay().post(&format!("{}/quantity", page(&id)), &form).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("It ends with its term, so nothing is planned for another one.");
}

#[actix_web::test]
async fn the_same_number_at_once_leaves_nothing_planned() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    plans(&mut sam, "20").await;
    super::changes_quantity(&mut sam, "20").await;
    sam.sees_not("From that day on there will be");
    assert_eq!(
        portal.database.number("SELECT count(*) AS number FROM subscriptions WHERE renewal_quantity IS NULL"),
        1
    );
}

#[actix_web::test]
async fn a_term_that_begins_by_another_billing_frequency_drops_the_plan_and_says_so() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    plans(&mut sam, "20").await;
    // The term that began today ends on the same day as a new one would: let it be another.
    let day = twotier::values::moment::days_after(Moment::now().day(), 40);
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}'"));
    sam.visit(&format!("{}/billing", page(&id))).await;
    sam.sees("was to have the quantity 20. That is planned no longer");
    sam.press("Bill annually").await;
    sam.sees_not("From that day on there will be");
    let (_, changes, _) = log(&portal, &portal.harbor.id, &id).await.pop().unwrap();
    assert!(changes.contains("renewal_quantity"), "{changes}");
}
