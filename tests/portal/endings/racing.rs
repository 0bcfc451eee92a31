//! An end meets an order or a reactivation that is under way.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn an_order_or_a_reactivation_that_came_meanwhile_refuses_the_end() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let subscription = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("Customer request").press("Suspend all").await;
    ada.press("Go on").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{subscription}")).await;
    sam.press("Reactivate").await;
    ada.press("End the relationship").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("The relationship was not ended.").sees("1 active subscription");
    let failed = "SELECT count(*) FROM activity_records
        WHERE action = 'remove_partner_customer_relationship' AND result = 'failed'";
    assert_eq!(portal.database.number(failed), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM customers WHERE ended_at IS NOT NULL"), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM endings"), 0);
}

#[actix_web::test]
async fn an_end_that_came_meanwhile_refuses_the_order_at_review() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
    sam.fill("Licenses of Enterprise E3", "3").press("Next: Review").await;
    portal
        .database
        .change(&format!("UPDATE customers SET ended_at = CURRENT_TIMESTAMP WHERE id = '{alder}'"));
    sam.press("Submit").await;
    sam.sees_heading("Review")
        .sees("Your relationship with this customer has ended, so nothing can be ordered");
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM drafts WHERE state = 'open'"), 1);
}

#[actix_web::test]
async fn of_an_end_and_an_order_at_once_one_comes_through() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    for round in 0..4 {
        let alder = portal.has_customer(&format!("Alder {round}")).await;
        let mut ada = portal.browser_of(Role::AdminAgent).await;
        ada.visit(&format!("/customers/{alder}/end")).await;
        ada.press("Go on").await;
        let mut sam = portal.browser_of(Role::SalesAgent).await;
        sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
        sam.fill("Licenses of Enterprise E3", "3");
        let mut racers: Vec<(&mut Browser, &str)> =
            vec![(&mut ada, "End the relationship"), (&mut sam, "Next: Review")];
        join_all(racers.iter_mut().map(|(browser, button)| browser.press(button))).await;
        let of = |sql: &str| portal.database.number(&format!("SELECT count(*) FROM {sql} = '{alder}'"));
        let ended = of("customers WHERE ended_at IS NOT NULL AND id");
        let begun = of("drafts WHERE state = 'open' AND customer_id");
        assert_eq!(ended + begun, 1, "round {round}: ended {ended}, begun {begun}");
    }
}

#[actix_web::test]
async fn however_often_it_is_pressed_it_ends_once() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut tabs = Vec::new();
    for _ in 0..4 {
        let mut tab = portal.browser_of(Role::AdminAgent).await;
        tab.visit(&format!("/customers/{alder}/end")).await;
        tab.press("Go on").await;
        tabs.push(tab);
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("End the relationship"))).await;
    for tab in &tabs {
        tab.sees("Ended on");
    }
    for (table, count) in [("endings", 1), ("ended_delegations", 1), ("letters", 1), ("notifications", 1)] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {table}")), count, "{table}");
    }
}
