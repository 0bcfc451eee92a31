//! Cancelling an order as a whole on the day it was placed.

use actix_web::http::StatusCode;
use futures_util::future::{join, join_all};
use twotier::access::{OrganisationKind, Role};
use twotier::catalog::model::LimitScope;
use twotier::values::id::CustomerId;

use super::begun::{has_customer, reviews_and_submits, sam_reviews};
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

/// Orders so many licenses of offers and answers the address of the order.
async fn orders(browser: &mut Browser, customer: &CustomerId, offers: &[(&str, &str)]) -> String {
    browser.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    for (offer, count) in offers {
        browser.fill(&format!("Licenses of {offer}"), count);
    }
    reviews_and_submits(browser).await;
    browser.path().trim_end_matches("/confirmation").to_owned()
}

/// Sam of Harbor has ordered so many licenses of Enterprise E3 for Contoso.
async fn sam_has_ordered(portal: &Portal, licenses: &str) -> (Browser, CustomerId, String) {
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let contoso = portal.has_customer("Contoso").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let order = orders(&mut sam, &contoso, &[("Enterprise E3", licenses)]).await;
    (sam, contoso, order)
}

async fn cancels(browser: &mut Browser, order: &str) {
    browser.visit(&cancellation(order)).await;
    browser.press("Cancel the order").await;
}

fn cancellation(order: &str) -> String {
    format!("{order}/cancellation")
}

#[actix_web::test]
async fn an_order_is_cancelled_whole_and_every_page_says_so() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let newleaf = portal.has_partner("Newleaf", "DE", "4810299").await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    portal.has_offer(PlainOffer::new("Phone", 700)).await;
    let customer = portal.has_customer("Contoso").await;
    portal.has_delegation(&customer, &brightwater).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.choose("Reseller (MPN ID) for incentives", "Newleaf (4810299)");
    sam.fill("Licenses of Enterprise E3", "10").fill("Licenses of Phone", "10").press("Next: Review").await;
    sam.press("Submit").await;
    let order = sam.path().trim_end_matches("/confirmation").to_owned();
    let confirmation = sam.path().to_owned();
    sam.sees("Ordered by mistake?");
    sam.follow("cancel this order").await;
    sam.sees("for Contoso").sees("These 2 subscriptions end at once:");
    sam.sees_row(&["Enterprise E3", "Monthly", "10 licenses", "€ 200.00 a month"]);
    sam.sees_row(&["Phone", "Monthly", "10 licenses", "€ 70.00 a month"]);
    sam.sees("not the € 270.00 a month").sees("This is possible until").sees("(Berlin)");
    sam.sees("Users can no longer use").sees("This cannot be undone.").sees_not("stays your customer");
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions WHERE status = 'active'"), 2);
    sam.press("Cancel the order").await;
    assert_eq!(sam.path(), order);
    sam.sees("is cancelled. Its 2 subscriptions have ended.");
    sam.sees("This order was cancelled on").sees("by Sam sales_agent").sees_no_link("Cancel order");
    sam.sees_row(&["Enterprise E3", "Ended"]).sees_row(&["Phone", "Ended"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions WHERE status = 'deleted'"), 2);
    sam.follow("Phone").await;
    sam.sees("Cancelled.").sees("this subscription has ended with it").sees("Cancel an order");
    sam.sees_no_button("Change quantity").sees_no_link("Suspend");
    sam.visit("/orders").await;
    let row = sam.rows().into_iter().nth(1).unwrap();
    assert!(row[0].ends_with("Cancelled"), "{row:?}");
    sam.visit(&format!("/customers/{customer}/orders")).await;
    sam.sees("Cancelled");
    sam.visit(&confirmation).await;
    sam.sees("This order was cancelled").sees("Order cancelled").sees_not("2 subscriptions active");
    sam.visit(&cancellation(&order)).await;
    assert_eq!(sam.path(), order, "there is nothing more to ask");
    // Who administers reads all of it in its log, who is only named reads of its subscriptions, and of no order.
    for (organisation, records) in [(&portal.harbor, 3), (&brightwater, 3), (&newleaf, 2)] {
        let sql = format!(
            "SELECT count(*) FROM activity_records WHERE action = 'cancel_order' AND organisation_id = '{}'",
            organisation.id
        );
        assert_eq!(portal.database.number(&sql), records, "{}", organisation.name);
    }
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/activity").await;
    olga.sees("Cancel an order");
    olga.visit(&order).await;
    olga.sees("This order was cancelled").sees_no_link("Cancel order");
}

#[actix_web::test]
async fn a_page_that_was_open_says_that_there_is_nothing_left_to_change() {
    let portal = Portal::open().await;
    let (mut sam, customer, order) = sam_has_ordered(&portal, "10").await;
    sam.visit(&order).await;
    sam.follow("Enterprise E3").await;
    let mut tab = sam.duplicate();
    cancels(&mut sam, &order).await;
    sam.sees_row(&["Enterprise E3", "–", "Ended"]);
    tab.fill("Quantity", "12").press("Change quantity").await;
    assert_eq!(tab.status(), StatusCode::CONFLICT);
    tab.sees("What you sent is not saved.").sees("It has ended, so it can no longer be changed.");
    tab.sees_not("It still stands in the form").sees_no_button("Change quantity");
    tab.follow("See it as it stands").await;
    tab.sees("Cancelled.").sees_not("Renews").sees_not("Total");
    tab.visit(&format!("/customers/{customer}/subscriptions")).await;
    tab.sees_row(&["Enterprise E3", "Deleted", "–"]);
}

#[actix_web::test]
async fn a_customer_added_with_the_order_stays() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (mut sam, _) = sam_reviews(&portal, None).await;
    sam.press("Submit").await;
    sam.follow("cancel this order").await;
    sam.sees("Fabrikam, which was added with this order, stays your customer, with its admin user.");
    sam.sees("This subscription ends at once:");
    sam.press("Cancel the order").await;
    sam.sees("Its subscription has ended").sees("Fabrikam, which was added with it, stays a customer.");
    sam.visit("/customers?search=fabrikam").await;
    sam.sees_link("Fabrikam");
}

#[actix_web::test]
async fn what_was_cancelled_frees_its_place_but_a_lifetime_is_one() {
    let portal = Portal::open().await;
    for (name, scope) in [("Single", LimitScope::Concurrent), ("Once", LimitScope::Lifetime)] {
        portal.has_offer(PlainOffer { limit: (scope, 1), ..PlainOffer::new(name, 100) }).await;
    }
    let customer = has_customer(&portal, "fabrikam", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let order = orders(&mut sam, &customer, &[("Single", "3"), ("Once", "3")]).await;
    cancels(&mut sam, &order).await;
    sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    sam.within("Once").sees("Limit for each customer");
    orders(&mut sam, &customer, &[("Single", "2")]).await;
}

#[actix_web::test]
async fn once_the_day_is_over_an_order_stays() {
    let portal = Portal::open().await;
    let (mut sam, _, order) = sam_has_ordered(&portal, "3").await;
    sam.visit(&cancellation(&order)).await;
    // An order of yesterday, and one from before days were kept.
    for until in ["'2026-01-05 22:59:59'", "NULL"] {
        portal.database.change(&format!("UPDATE orders SET cancellable_until = {until}"));
        let mut late = sam.clone_session();
        late.visit(&cancellation(&order)).await;
        late.sees("It can no longer be cancelled as a whole.").sees_no_button("Cancel the order");
        late.visit(&order).await;
        late.sees_no_link("Cancel order").sees_not("Can be cancelled until");
        late.visit(&format!("{order}/confirmation")).await;
        late.sees_not("Ordered by mistake?");
    }
    sam.press("Cancel the order").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("It can no longer be cancelled as a whole.");
    let failed = "SELECT count(*) FROM activity_records WHERE action = 'cancel_order' AND result = 'failed'";
    assert_eq!(portal.database.number(failed), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM orders WHERE state = 'placed'"), 1);
}

#[actix_web::test]
async fn an_add_on_that_was_bought_later_goes_first() {
    let portal = Portal::open().await;
    let base = portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    portal
        .has_offer(PlainOffer { is_add_on: true, needs: vec![base], ..PlainOffer::new("Phone", 700) })
        .await;
    let customer = portal.has_customer("Contoso").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let first = orders(&mut sam, &customer, &[("Enterprise E3", "3")]).await;
    let mut early = sam.clone_session();
    early.visit(&cancellation(&first)).await;
    let second = orders(&mut sam, &customer, &[("Phone", "3")]).await;
    early.press("Cancel the order").await;
    assert_eq!(early.status(), StatusCode::UNPROCESSABLE_ENTITY);
    early.sees("It cannot be cancelled yet.").sees("with Phone");
    let number = portal.database.texts("SELECT number AS text FROM orders ORDER BY number").pop().unwrap();
    early.follow(&format!("Order {number}")).await;
    assert_eq!(early.path(), cancellation(&second));
    early.press("Cancel the order").await;
    early.sees("Its subscription has ended");
    cancels(&mut early, &first).await;
    early.sees("Its subscription has ended");
    assert_eq!(portal.database.number("SELECT count(*) FROM orders WHERE state = 'cancelled'"), 2);
}

#[actix_web::test]
async fn nobody_elses_order_is_cancelled() {
    let portal = Portal::open().await;
    let (_, _, order) = sam_has_ordered(&portal, "3").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    stranger.visit(&cancellation(&order)).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    stranger.post(&cancellation(&order), &[("mark", "x")]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    let mut heidi = portal.browser_of(Role::HelpdeskAgent).await;
    heidi.visit(&order).await;
    heidi.sees_no_link("Cancel order").sees_not("Can be cancelled until");
}

#[actix_web::test]
async fn pressed_many_times_at_once_it_is_cancelled_once() {
    let portal = Portal::open().await;
    let (sam, _, order) = sam_has_ordered(&portal, "3").await;
    let mut tabs: Vec<Browser> = (0..6).map(|_| sam.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&cancellation(&order)).await;
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("Cancel the order"))).await;
    for tab in &tabs {
        assert_eq!(tab.path(), order);
        tab.sees("This order was cancelled on");
    }
    let records =
        "SELECT count(*) FROM activity_records WHERE action = 'cancel_order' AND subject_kind = 'order'";
    assert_eq!(portal.database.number(records), 1);
}

#[actix_web::test]
async fn a_quantity_changed_at_the_same_moment_is_never_half_cancelled() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let customer = portal.has_customer("Contoso").await;
    let (mut sam, mut ada) =
        (portal.browser_of(Role::SalesAgent).await, portal.browser_of(Role::AdminAgent).await);
    for _ in 0..4 {
        let order = orders(&mut sam, &customer, &[("Enterprise E3", "3")]).await;
        sam.visit(&order).await;
        let subscription = sam.href("Enterprise E3");
        ada.visit(&subscription).await;
        ada.fill("Quantity", "4").press("Change quantity").await;
        sam.visit(&cancellation(&order)).await;
        join(sam.press("Cancel the order"), ada.press("Change quantity")).await;
        let id = subscription.trim_start_matches("/subscriptions/").to_owned();
        let is = |what: &str| {
            portal
                .database
                .number(&format!("SELECT count(*) FROM subscriptions WHERE id = '{id}' AND {what}"))
        };
        let (cancelled, changed) = (sam.status() == StatusCode::OK, ada.status() == StatusCode::OK);
        assert_ne!(cancelled, changed, "one wins, and the other is told");
        assert_eq!(is("status = 'deleted' AND quantity = 3"), i64::from(cancelled));
        assert_eq!(is("status = 'active' AND quantity = 4"), i64::from(changed));
        if changed {
            sam.sees("A subscription of this order was changed after you had opened the page.");
            sam.sees_row(&["Enterprise E3", "4 licenses"]);
            sam.press("Cancel the order").await;
            sam.sees("Its subscription has ended");
        }
    }
}
