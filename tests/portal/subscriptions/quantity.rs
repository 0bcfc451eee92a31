//! The question before a quantity is changed.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::catalog::model::Billing;

use super::{actions, contoso_has_basic, kept, page};
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn what_a_quantity_costs_is_shown_before_it_is_changed() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.fill("Quantity", "40").press("Change quantity").await;
    sam.sees_heading("Change the quantity of Business Basic?").sees("25 licenses → 40 licenses for Contoso");
    sam.sees_row(&["Quantity", "25 licenses", "40 licenses", "+15"]);
    sam.sees_row(&["Price a month", "€ 127.50", "€ 204.00", "+€ 76.50"]);
    sam.sees_row(&["Price a year", "€ 1,530.00", "€ 2,448.00", "+€ 918.00"]);
    sam.sees("It is billed monthly: € 5.10 each a month, before tax.");
    assert_eq!(kept(&portal, &id).await, (25, 1), "asking changes nothing");
    assert!(actions(&portal, &portal.harbor.id, &id).await.is_empty());
    assert_eq!(sam.href("Cancel"), page(&id));
    sam.press("Change quantity").await;
    sam.sees("The quantity is changed.").sees("40 licenses");
    sam.fill("Quantity", "5").press("Change quantity").await;
    sam.sees_row(&["Quantity", "40 licenses", "5 licenses", "−35"]);
    sam.sees_row(&["Price a month", "€ 204.00", "€ 25.50", "−€ 178.50"]);
}

#[actix_web::test]
async fn a_month_of_an_annual_price_is_rounded_for_each_one() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let plain = PlainSubscription::new("Business Basic");
    let offer = PlainOffer { monthly_minor: 6_126, ..plain.offer.clone() };
    let annual = PlainSubscription { offer, quantity: 7, billing: Billing::Annual, ..plain };
    let id = portal.has_subscription(&contoso, annual).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.fill("Quantity", "8").press("Change quantity").await;
    sam.sees("It is billed annually: € 61.26 each a year, before tax.");
    sam.sees_row(&["Price a month", "€ 35.77", "€ 40.88", "+€ 5.11"]);
    sam.sees_row(&["Price a year", "€ 428.82", "€ 490.08", "+€ 61.26"]);
}

#[actix_web::test]
async fn an_unusual_quantity_is_typed_twice() {
    let portal = Portal::open_with(|site| site.large_quantity = 200).await;
    let contoso = portal.has_customer("Contoso").await;
    let plain = || PlainSubscription { quantity: 5, ..PlainSubscription::new("Business Basic") };
    let (small, large) = (plain(), PlainSubscription { quantity: 150, ..plain() });
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (subscription, usual, unusual, why) in [
        (small, "50", "51", "More than ten times the quantity now is typed twice"),
        (large, "200", "201", "More than 200 are typed twice"),
    ] {
        let id = portal.has_subscription(&contoso, subscription).await;
        sam.visit(&page(&id)).await;
        sam.fill("Quantity", usual).press("Change quantity").await;
        sam.sees_not("Quantity again");
        sam.visit(&page(&id)).await;
        sam.fill("Quantity", unusual).press("Change quantity").await;
        sam.sees(why);
        sam.press("Change quantity").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
        sam.sees_problem("Quantity again", "Enter the quantity again.");
        sam.fill("Quantity again", "15").press("Change quantity").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
        sam.sees_problem("Quantity again", "The two entries differ.");
        assert_eq!(sam.field("Quantity again"), "15");
        sam.sees(&format!("{unusual} licenses"));
        assert_eq!(kept(&portal, &id).await.1, 1);
        sam.fill("Quantity again", &format!(" {unusual} ")).press("Change quantity").await;
        sam.sees("The quantity is changed.").sees(&format!("{unusual} licenses"));
    }
}

#[actix_web::test]
async fn who_is_asked_while_somebody_else_changes_it_decides_again() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let (mut sam, mut ada) =
        (portal.browser_of(Role::SalesAgent).await, portal.browser_of(Role::AdminAgent).await);
    for browser in [&mut sam, &mut ada] {
        browser.visit(&page(&id)).await;
    }
    // Hers has to be typed twice, which is not what she has to read now.
    ada.fill("Quantity", "300").press("Change quantity").await;
    ada.sees("Quantity again");
    sam.fill("Quantity", "40").press("Change quantity").await;
    sam.press("Change quantity").await;
    ada.press("Change quantity").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Sam sales_agent (Harbor Distribution) changed this subscription on");
    assert_eq!(ada.field("Quantity"), "300");
    ada.press("Change quantity").await;
    ada.sees_row(&["Quantity", "40 licenses", "300 licenses", "+260"]);
    ada.press("Change quantity").await;
    assert_eq!(kept(&portal, &id).await, (300, 3));
}
