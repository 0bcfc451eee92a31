//! Orders afterwards.

use twotier::access::Role;

use super::begun::{delegates, has_customer};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn orders_are_listed_found_by_number_and_opened() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/orders").await;
    sam.sees("No orders yet").sees("No orders. An order belongs to one customer.");
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.fill("Licenses of Enterprise E3", "4").press("Next: Review").await;
    sam.press("Submit").await;
    sam.visit("/orders").await;
    sam.sees_row(&["Fabrikam", "€ 80.00"]).sees("1 order, the latest first.");
    sam.fill("Search order number", "1").press("Apply").await;
    sam.sees_row(&["Fabrikam"]);
    sam.fill("Search order number", "999").press("Apply").await;
    sam.sees("No order has this number").sees("No orders found. An order belongs");
    sam.visit(&format!("/customers/{customer}/orders")).await;
    sam.sees_heading("Order history").sees_row(&["€ 80.00"]);
    let number = sam.rows()[1][0].clone();
    sam.follow(&number).await;
    sam.sees_heading(&format!("Order {number}")).sees_row(&["Enterprise E3", "4 licenses", "€ 80.00"]);
}

#[actix_web::test]
async fn a_reseller_sees_the_orders_of_delegated_customers_only() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.fill("Licenses of Enterprise E3", "4").press("Next: Review").await;
    sam.press("Submit").await;
    let order = sam.path().trim_end_matches("/confirmation").to_owned();
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    for path in [order.clone(), format!("/customers/{customer}/orders")] {
        olga.visit(&path).await;
        assert_eq!(olga.status(), 404, "{path}");
    }
    olga.visit("/orders").await;
    olga.sees("No orders yet");
    delegates(&portal, &customer, &brightwater).await;
    olga.visit("/orders").await;
    olga.sees_row(&["Fabrikam"]);
    olga.visit(&order).await;
    olga.sees_row(&["Enterprise E3"]);
    olga.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    assert_eq!(olga.status(), 403);
}
