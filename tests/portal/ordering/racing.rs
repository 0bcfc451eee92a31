//! Many presses at once.

use futures_util::future::join_all;
use twotier::access::Role;

use super::begun::{fabrikam, has_draft, sam_reviews};
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn however_often_submit_is_pressed_there_is_one_order() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let (sam, _) = sam_reviews(&portal, None).await;
    let review = sam.path().to_owned();
    let mut tabs: Vec<Browser> = (0..12).map(|_| sam.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit(&review).await;
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("Submit"))).await;
    let confirmation = tabs[0].path().to_owned();
    for tab in &tabs {
        tab.sees_heading("Confirmation");
        assert_eq!(tab.path(), confirmation);
    }
    // One cookie jar, as in one browser: whichever answer is looked at last, somebody has seen the password.
    assert!(tabs.iter().any(|tab| tab.text().contains("Note both now.")));
    for table in ["orders", "customers", "order_numbers", "subscriptions", "customer_users"] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {table}")), 1, "{table}");
    }
    assert_eq!(portal.database.number("SELECT last FROM order_numbers"), 1);
}

#[actix_web::test]
async fn of_two_drafts_for_one_domain_one_wins_and_the_other_keeps_everything() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let mut racers = Vec::new();
    for _ in 0..6 {
        let (sam, _) = sam_reviews(&portal, None).await;
        racers.push(sam);
    }
    join_all(racers.iter_mut().map(|racer| racer.press("Submit"))).await;
    let won = racers.iter().filter(|racer| racer.text().contains("Setup info")).count();
    assert_eq!(won, 1);
    for loser in racers.iter().filter(|racer| !racer.text().contains("Setup info")) {
        loser
            .sees_heading("New customer")
            .sees_problem("Primary domain name", "This is taken. Choose another one.");
        assert_eq!(loser.field("Company name"), "Fabrikam");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM customers"), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM draft_lines"), 6);
}

#[actix_web::test]
async fn orders_placed_at_once_have_numbers_of_their_own_without_gaps() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut tabs = Vec::new();
    for number in 0..8 {
        let draft = has_draft(&portal, &fabrikam(&format!("fabrikam{number}")), None).await;
        sam.visit(&format!("/drafts/{draft}/subscriptions")).await;
        sam.fill("Licenses of Enterprise E3", "1").press("Next: Review").await;
        let mut tab = sam.clone_session();
        tab.visit(&format!("/drafts/{draft}/review")).await;
        tabs.push(tab);
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("Submit"))).await;
    for tab in &tabs {
        tab.sees_heading("Confirmation");
    }
    assert_eq!(portal.database.number("SELECT count(DISTINCT number) FROM orders"), 8);
    assert_eq!(portal.database.number("SELECT last FROM order_numbers"), 8);
}

#[actix_web::test]
async fn a_limit_holds_when_two_order_at_once() {
    use twotier::catalog::model::LimitScope;
    let portal = Portal::open().await;
    let limit = (LimitScope::Concurrent, 1);
    portal.has_offer(PlainOffer { limit, ..PlainOffer::new("Single", 100) }).await;
    let customer = super::begun::has_customer(&portal, "fabrikam", None).await;
    let mut racers = Vec::new();
    for _ in 0..4 {
        let mut sam = portal.browser_of(Role::SalesAgent).await;
        sam.visit(&format!("/customers/{customer}/subscriptions/new")).await;
        sam.fill("Licenses of Single", "3").press("Next: Review").await;
        racers.push(sam);
    }
    join_all(racers.iter_mut().map(|racer| racer.press("Submit"))).await;
    let refused = racers.iter().filter(|racer| racer.text().contains("Limit for each customer")).count();
    assert_eq!(refused, 3);
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions"), 1);
}
