//! What an offer allows early in a term alone: reducing the quantity at once, and cancelling.

use actix_web::http::StatusCode;
use chrono::{Days, NaiveDate};
use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::moment::{Moment, days_after, months_after};

use super::{actions, brightwater_administers_contoso, changes_quantity, contoso_has_basic, kept, page};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

fn today() -> NaiveDate {
    Moment::now().day()
}

/// For so many days quantities are reduced and subscriptions cancelled.
fn windows(portal: &Portal, reduction: i32, cancellation: i32) {
    portal.database.change(&format!(
        "UPDATE offers SET reduction_days = {reduction}, cancellation_days = {cancellation}"
    ));
}

/// Everything was bought so many days ago.
fn bought(portal: &Portal, days: u64) {
    let start = today() - Days::new(days);
    let over = months_after(start, 12);
    portal.database.change(&format!("UPDATE subscriptions SET starts_on = '{start}', renews_on = '{over}'"));
}

fn shown(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

#[actix_web::test]
async fn a_quantity_is_reduced_at_once_in_the_window_of_its_offer_and_planned_later() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    windows(&portal, 7, 0);
    bought(&portal, 7);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("It can be reduced at once until").sees(&shown(days_after(today(), 1)));
    sam.fill("Quantity", "20").press("Change quantity").await;
    sam.sees("It can be reduced at once until");
    sam.press("Change quantity").await;
    assert_eq!(kept(&portal, &id).await, (20, 2), "on its last day");

    bought(&portal, 8);
    sam.visit(&page(&id)).await;
    sam.sees("It is too late to reduce the quantity at once: Business Basic allowed that until");
    sam.fill("Quantity", "10").press("Change quantity").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("Its offer no longer lets the quantity be reduced at once in this term.");
    assert_eq!(sam.field("Quantity"), "10");
    let renewal = format!("When it renews, on {}", shown(months_after(today() - Days::new(8), 12)));
    sam.choose("From when on", &renewal).press("Change quantity").await;
    sam.press("Change quantity").await;
    sam.sees("The quantity changes when the next term begins.");
    changes_quantity(&mut sam, "21").await;
    assert_eq!(kept(&portal, &id).await, (21, 4), "more are bought at any time");
    // What was raised by mistake is undone all the same.
    sam.follow("Undo the change of Business Basic").await;
    sam.press("Undo the change").await;
    assert_eq!(kept(&portal, &id).await.0, 20);
}

#[actix_web::test]
async fn where_the_offer_says_so_a_quantity_is_reduced_only_when_it_renews() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    windows(&portal, 0, 0);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("Business Basic lets the quantity be reduced only when it renews.");
    sam.sees("Business Basic is not cancelled before its term ends.").sees_no_link("Cancel subscription");
    sam.post(
        &format!("{}/quantity", page(&id)),
        &[("version", "1"), ("quantity", "5"), ("confirmed", "yes")],
    )
    .await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.visit(&format!("{}/cancellation", page(&id))).await;
    sam.sees("It cannot be cancelled. Its offer does not let it be cancelled now.");
    sam.sees_no_button("Cancel subscription");
    sam.post(&format!("{}/cancellation", page(&id)), &[("version", "1"), ("mark", "any")]).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept(&portal, &id).await, (25, 1));
    let refused = actions(&portal, &portal.harbor.id, &id).await;
    assert_eq!(refused, ["update_subscription", "cancel_subscription"], "on record, as refused");
}

#[actix_web::test]
async fn cancelling_says_what_it_does_and_ends_what_is_added_too() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    windows(&portal, 9999, 7);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    // A window ends with its last day in UTC, which is the next one in Berlin.
    sam.sees(&format!("Possible until {}", shown(days_after(today(), 8))));
    sam.follow("Cancel subscription").await;
    sam.sees_heading("Cancel Business Basic?").sees("These 2 subscriptions end at once:");
    // All of the first period comes back on its first day.
    sam.sees_row(&["Business Basic", "25 licenses", "€ 5.10 each a month", "€ 127.50"]);
    sam.sees_row(&["Call minutes", "€ 127.50"]).sees_row(&["Credited in all", "€ 255.00"]);
    sam.sees("This cannot be undone.");
    assert!(actions(&portal, &portal.harbor.id, &id).await.is_empty(), "asking changes nothing");
    let mut again = sam.duplicate();
    sam.press("Cancel subscription").await;
    sam.sees("The subscription is cancelled.").sees(&format!("It was cancelled on {}.", shown(today())));
    sam.sees_row(&["Call minutes", "Deleted"]).sees_no_link("Cancel subscription");
    for id in [&id, &add_on] {
        for organisation in [&portal.harbor.id, &brightwater.id] {
            assert_eq!(actions(&portal, organisation, id).await, ["cancel_subscription"]);
        }
    }
    again.press("Cancel subscription").await;
    assert_eq!(again.status(), StatusCode::OK);
    again.sees("Nothing was changed");
    let told = "SELECT kind AS text FROM notifications";
    assert_eq!(portal.database.texts(told), ["managed_subscription_ended", "managed_subscription_ended"]);
    sam.visit(&format!("{}/cancellation", page(&id))).await;
    assert_eq!(sam.path(), page(&id));
}

#[actix_web::test]
async fn a_reseller_cancels_what_it_manages_and_its_provider_is_told() {
    let portal = Portal::open().await;
    let (brightwater, _, id) = brightwater_administers_contoso(&portal).await;
    windows(&portal, 9999, 9999);
    bought(&portal, 100);
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit(&page(&id)).await;
    olga.follow("Cancel subscription").await;
    olga.sees("This subscription ends at once:");
    let mut late = olga.duplicate();
    // Somebody else changes it in between: what it costs is another sum now.
    portal.database.change("UPDATE subscriptions SET quantity = 30, version = 2");
    late.press("Cancel subscription").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    late.sees("30 licenses");
    late.press("Cancel subscription").await;
    late.sees("The subscription is cancelled.");
    let told = portal.database.texts("SELECT kind AS text FROM notifications");
    assert_eq!(told, ["subscription_ended"]);
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(actions(&portal, organisation, &id).await, ["cancel_subscription"]);
    }
}

#[actix_web::test]
async fn what_is_credited_of_others_add_ons_is_not_told() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let contoso = portal.has_customer("Contoso").await;
    let naming = |reseller: &Organisation, mpn_id: &str, plain: PlainSubscription| PlainSubscription {
        incentives: Some((mpn_id.to_owned(), reseller.id)),
        ..plain
    };
    let base = naming(&brightwater, "4810233", PlainSubscription::new("Business Basic"));
    let id = portal.has_subscription(&contoso, base).await;
    let add_on = naming(&newleaf, "5910444", PlainSubscription::add_on("Call minutes", &id));
    portal.has_subscription(&contoso, add_on).await;
    windows(&portal, 9999, 9999);
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit(&format!("{}/cancellation", page(&id))).await;
    olga.sees("€ 127.50").sees("also those that you do not see").sees_not("Call minutes");
    olga.sees_not("Credited in all").sees_not("255.00");
}
