//! Billing frequency: changed for an order as a whole.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::catalog::model::Billing;
use twotier::db::schema::subscriptions;
use twotier::subscriptions::model::term;
use twotier::values::id::SubscriptionId;
use twotier::values::moment::Moment;

use super::{
    actions, brightwater_administers_contoso, changes_quantity, contoso_has_basic, is_now, log, page,
};
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

fn billing(id: &SubscriptionId) -> String {
    format!("{}/billing", page(id))
}

/// Billing, price of one and renewal date as they are kept.
async fn terms(portal: &Portal, id: &SubscriptionId) -> (String, i64, NaiveDate) {
    let id = *id;
    let row = (subscriptions::billing, subscriptions::unit_price_minor, subscriptions::renews_on);
    portal.query(move |conn| Ok(subscriptions::table.find(id).select(row).first(conn)?)).await
}

/// Puts one subscription into the order of another.
async fn joins(portal: &Portal, id: &SubscriptionId, other: &SubscriptionId) {
    let (id, other) = (*id, *other);
    let update = move |conn: &mut twotier::db::Connection| {
        let order: String = subscriptions::table.find(&other).select(subscriptions::order_id).first(conn)?;
        diesel::update(subscriptions::table.find(&id))
            .set(subscriptions::order_id.eq(order))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(update).await.expect("one order");
}

fn a_year_from_now() -> NaiveDate {
    term::renews_on(term::starts_on(Moment::now().day()), 12)
}

#[actix_web::test]
async fn an_order_goes_annual_as_a_whole_with_the_add_ons_that_hang_on_it() {
    let portal = Portal::open().await;
    let (brightwater, contoso, basic) = brightwater_administers_contoso(&portal).await;
    let desk = portal.has_subscription(&contoso, PlainSubscription::new("Desk")).await;
    joins(&portal, &desk, &basic).await;
    let calls = portal.has_subscription(&contoso, PlainSubscription::add_on("Calls", &basic)).await;
    let trial = portal.has_subscription(&contoso, PlainSubscription::trial("Trial")).await;
    joins(&portal, &trial, &basic).await;
    let other = portal.has_subscription(&contoso, PlainSubscription::new("Another order")).await;
    portal.database.change("UPDATE subscriptions SET renews_on = '2027-02-03'");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&basic)).await;
    sam.follow("Change billing frequency").await;
    sam.sees_heading("Bill it annually?").sees("3 are billed otherwise from now on.");
    let renewal = a_year_from_now().format("%-d %b %Y").to_string();
    for name in ["Business Basic", "Desk", "Calls"] {
        sam.sees_row(&[name, "25 licenses", "€ 127.50 a month", "€ 1,530.00 a year", "3 Feb 2027", &renewal]);
    }
    sam.sees("Trial stays as it is: a trial is not billed.").sees_not("Another order");
    sam.sees("A new term of at least twelve months begins");
    assert_eq!(terms(&portal, &basic).await.0, "monthly", "looking changes nothing");
    sam.press("Bill annually").await;
    assert_eq!(sam.path(), page(&basic));
    sam.sees("The 3 subscriptions of the order are billed annually from now on");
    for id in [&basic, &desk, &calls] {
        assert_eq!(terms(&portal, id).await, ("annual".to_owned(), 6_120, a_year_from_now()));
        for organisation in [&portal.harbor.id, &brightwater.id] {
            assert_eq!(actions(&portal, organisation, id).await, ["update_subscription"]);
        }
    }
    assert_eq!(terms(&portal, &other).await.0, "monthly");
    assert_eq!(terms(&portal, &trial).await.0, "none");
    sam.sees("Monthly → Annual").sees("€ 5.10 → € 61.20");
    // And back: the term that has begun goes on.
    sam.visit(&billing(&calls)).await;
    sam.sees("It is an add-on and billed like the subscription that it belongs to.");
    sam.follow("Change the billing frequency there").await;
    sam.sees_heading("Bill it monthly?").sees("The term goes on: the renewal date stays.");
    sam.press("Bill monthly").await;
    assert_eq!(terms(&portal, &calls).await, ("monthly".to_owned(), 510, a_year_from_now()));
    // A reseller sees what was done and by whom, and is not offered it.
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&page(&basic)).await;
    olga.sees("Annual → Monthly").sees_no_link("Change billing frequency");
}

#[actix_web::test]
async fn each_rule_that_refuses_it_is_named() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let plain = || PlainSubscription::new("Basic");
    let monthly_only = PlainOffer { billed: (true, false), ..PlainOffer::new("Fixed", 510) };
    let fixed = PlainSubscription { offer: monthly_only, ..plain() };
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (subscription, status, words) in [
        (PlainSubscription::trial("Trial"), "active", "A trial is not billed."),
        (PlainSubscription::by_use("Azure"), "active", "What the customer uses is billed monthly"),
        (plain(), "deleted", "It is deleted, so nothing is billed any more."),
        (plain(), "suspended", "Basic is suspended. Reactivate it first."),
        (plain(), "pending", "Basic is not provisioned yet."),
        (fixed, "active", "Fixed cannot be billed annually"),
    ] {
        let id = portal.has_subscription(&contoso, subscription).await;
        is_now(&portal, &id, status, None).await;
        sam.visit(&billing(&id)).await;
        sam.sees("The billing frequency cannot be changed.").sees(words).sees_no_button("Bill annually");
        sam.post(&billing(&id), &[("billing", "annual"), ("mark", "x")]).await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        sam.sees(words);
        let recorded = log(&portal, &portal.harbor.id, &id).await;
        assert_eq!(recorded.len(), 1, "{words}");
        assert_eq!(recorded[0].2, "failed", "{words}");
    }
    // One of the order is enough.
    let (one, other) = (
        portal.has_subscription(&contoso, plain()).await,
        portal.has_subscription(&contoso, PlainSubscription::new("Rested")).await,
    );
    joins(&portal, &other, &one).await;
    is_now(&portal, &other, "suspended", None).await;
    sam.visit(&billing(&one)).await;
    sam.sees("All subscriptions that are billed together have to be active, and Rested is suspended.");
    is_now(&portal, &other, "active", None).await;
    portal.database.change("DELETE FROM offer_prices WHERE currency = 'EUR'");
    sam.visit(&billing(&one)).await;
    sam.sees("has no price in the currency in which it was ordered any more");
    for fields in [&[][..], &[("billing", "none")], &[("billing", "weekly")]] {
        sam.post(&billing(&one), fields).await;
        assert_eq!(sam.status(), StatusCode::BAD_REQUEST);
    }
}

#[actix_web::test]
async fn who_comes_second_is_shown_how_it_stands_now() {
    let portal = Portal::open().await;
    let (contoso, one) = contoso_has_basic(&portal).await;
    let other = portal.has_subscription(&contoso, PlainSubscription::new("Desk")).await;
    joins(&portal, &other, &one).await;
    let (mut sam, mut ada) =
        (portal.browser_of(Role::SalesAgent).await, portal.browser_of(Role::AdminAgent).await);
    sam.visit(&billing(&one)).await;
    // A colleague changes another subscription of the same order.
    ada.visit(&page(&other)).await;
    changes_quantity(&mut ada, "30").await;
    sam.press("Bill annually").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees("A subscription or a price was changed after you had opened the page.");
    sam.sees_row(&["Desk", "30 licenses"]);
    assert_eq!(terms(&portal, &one).await.0, "monthly");
    // The price changes.
    portal.database.change("UPDATE offer_prices SET annual_minor = 7000 WHERE currency = 'EUR'");
    sam.press("Bill annually").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees_row(&["Desk", "€ 2,100.00 a year"]);
    let mut twice = sam.clone_session();
    twice.visit(&billing(&one)).await;
    sam.press("Bill annually").await;
    sam.sees("The 2 subscriptions of the order are billed annually from now on");
    twice.press("Bill annually").await;
    twice.sees("Nothing was changed: it is like that already.");
    assert_eq!(actions(&portal, &portal.harbor.id, &one).await.len(), 1);
}

#[actix_web::test]
async fn an_order_that_is_changed_and_suspended_at_once_is_never_torn() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    for _ in 0..4 {
        let one = portal.has_subscription(&contoso, PlainSubscription::new("Basic")).await;
        let other = portal.has_subscription(&contoso, PlainSubscription::new("Desk")).await;
        joins(&portal, &other, &one).await;
        let (mut sam, mut ada) =
            (portal.browser_of(Role::SalesAgent).await, portal.browser_of(Role::AdminAgent).await);
        sam.visit(&billing(&one)).await;
        let suspension = format!("{}/suspension", page(&other));
        let fields = [("reason", "fraud"), ("version", "1")];
        futures_util::future::join(sam.press("Bill annually"), ada.post(&suspension, &fields)).await;
        let (first, second) = (terms(&portal, &one).await.0, terms(&portal, &other).await.0);
        assert_eq!(first, second, "both are billed alike");
        let sql = format!("SELECT count(*) FROM subscriptions WHERE id = '{other}' AND status = 'suspended'");
        let is_suspended = portal.database.number(&sql) == 1;
        // Whoever was second was told.
        assert_eq!(is_suspended, first == Billing::Monthly.as_text());
        assert_eq!(sam.status() == StatusCode::OK, !is_suspended);
    }
}
