//! Time passes: terms renew or end, trials are over, and the data of what is suspended is kept no longer.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::db::schema::subscriptions;
use twotier::values::id::SubscriptionId;
use twotier::values::moment::{Moment, days_after, months_after};

use super::{actions, brightwater_administers_contoso, contoso_has_basic, is_now, log, page};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

const JOB: &str = "pass_terms";

/// Status, day of renewal and price of one, in cents.
async fn stands(portal: &Portal, id: &SubscriptionId) -> (String, NaiveDate, i64) {
    let id = *id;
    let row = (subscriptions::status, subscriptions::renews_on, subscriptions::unit_price_minor);
    portal.query(move |conn| Ok(subscriptions::table.find(id).select(row).first(conn)?)).await
}

fn today() -> NaiveDate {
    Moment::now().day()
}

/// The portal does what has come by the first hour of a day.
async fn comes(portal: &Portal, day: NaiveDate) {
    portal.does(JOB, Moment::start_of(day).plus_seconds(600)).await;
}

#[actix_web::test]
async fn another_term_begins_at_the_price_of_that_day() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    let day = months_after(today(), 12);
    portal.database.change("UPDATE offer_prices SET monthly_minor = 600, annual_minor = 7200");
    comes(&portal, day.pred_opt().unwrap()).await;
    assert_eq!(stands(&portal, &id).await, ("active".to_owned(), day, 510));
    comes(&portal, day).await;
    for id in [&id, &add_on] {
        assert_eq!(stands(&portal, id).await, ("active".to_owned(), months_after(day, 12), 600));
        for organisation in [&portal.harbor.id, &brightwater.id] {
            assert_eq!(actions(&portal, organisation, id).await, ["renew_subscription"]);
        }
    }
    let (_, changes, _) = log(&portal, &portal.harbor.id, &id).await.remove(0);
    assert!(changes.contains("5.10") && changes.contains("6.00"), "{changes}");
    comes(&portal, days_after(day, 1)).await;
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 1, "once");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("Renew a subscription").sees("This portal by itself").sees("€ 6.00 each a month");
}

#[actix_web::test]
async fn a_portal_that_was_off_renews_at_the_price_of_the_day_and_not_of_its_return() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let day = months_after(today(), 12);
    for (from, cents) in [(days_after(today(), 40), 600), (days_after(day, 1), 900)] {
        portal.database.change(&format!(
            "INSERT INTO offer_prices (offer_id, currency, valid_from, monthly_minor, annual_minor)
             SELECT id, 'EUR', '{from}', {cents}, {cents} * 12 FROM offers"
        ));
    }
    comes(&portal, days_after(today(), 41)).await;
    assert_eq!(stands(&portal, &id).await, ("active".to_owned(), day, 510), "the term keeps its price");
    comes(&portal, days_after(day, 9)).await;
    assert_eq!(stands(&portal, &id).await, ("active".to_owned(), months_after(day, 12), 600));
}

#[actix_web::test]
async fn what_is_no_longer_billed_like_that_renews_at_the_old_price() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    portal.database.change("UPDATE offers SET billed_monthly = FALSE");
    portal.database.change("UPDATE offer_prices SET monthly_minor = 0");
    let day = months_after(today(), 12);
    comes(&portal, day).await;
    assert_eq!(stands(&portal, &id).await, ("active".to_owned(), months_after(day, 12), 510));
}

#[actix_web::test]
async fn what_has_no_price_any_more_renews_at_the_old_one() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    portal.database.change("DELETE FROM offer_prices");
    portal.database.change("UPDATE offers SET is_available = FALSE");
    let day = months_after(today(), 12);
    comes(&portal, day).await;
    assert_eq!(stands(&portal, &id).await, ("active".to_owned(), months_after(day, 12), 510));
}

#[actix_web::test]
async fn a_portal_that_was_off_catches_up_term_by_term() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    portal.database.change(
        "UPDATE subscriptions SET term_months = 1, starts_on = '2026-12-31', renews_on = '2027-01-31'",
    );
    comes(&portal, NaiveDate::from_ymd_opt(2027, 4, 29).unwrap()).await;
    let (status, renews_on, _) = stands(&portal, &id).await;
    assert_eq!((status.as_str(), renews_on.to_string().as_str()), ("active", "2027-04-30"));
    let log = log(&portal, &portal.harbor.id, &id).await;
    let days: Vec<&str> = log.iter().map(|(_, changes, _)| changes.as_str()).collect();
    assert_eq!(days.len(), 3, "{days:?}");
    let told = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"];
    for (nth, changes) in days.iter().enumerate() {
        assert!(changes.contains(told[nth]) && changes.contains(told[nth + 1]), "{days:?}");
    }
}

#[actix_web::test]
async fn somebody_lets_one_end_with_its_term_and_changes_their_mind_until_then() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    let day = months_after(today(), 12);
    let words = day.format("%-d %b %Y").to_string();
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees(&format!("On {words} another term begins by itself: 1 year, at the price of that day."));
    sam.sees("nobody can use it and its add-ons from that day on");
    sam.press(&format!("Let it end on {words}")).await;
    sam.sees("The subscription ends when its term is over.").sees(&format!("It ends on {words}."));
    sam.press("Renew by itself").await;
    sam.sees("The subscription renews by itself.");
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit(&page(&id)).await;
    olga.press(&format!("Let it end on {words}")).await;
    olga.sees("The subscription ends when its term is over.");
    // Sam's page is of before, and says the same.
    sam.press(&format!("Let it end on {words}")).await;
    sam.sees("Nothing was changed").sees_button("Renew by itself");
    olga.fill("Nickname", "Front desk").press("Change nickname").await;
    sam.press("Renew by itself").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees("You sent Renew by itself");
    sam.visit(&format!("/customers/{contoso}")).await;
    sam.sees("Front desk ends, and does not renew.");

    comes(&portal, day).await;
    for id in [&id, &add_on] {
        assert_eq!(stands(&portal, id).await.0, "deleted");
    }
    assert_eq!(actions(&portal, &brightwater.id, &id).await.last().unwrap(), "end_subscription");
    sam.visit(&page(&id)).await;
    sam.sees(&format!("Its term was over on {words}, and no other one followed."));
    sam.sees_no_button("Renew by itself");
    let told = "SELECT count(*) AS number FROM notifications WHERE kind IN ('subscription_ended', 'managed_subscription_ended')";
    assert_eq!(portal.database.number(told), 4, "two subscriptions, two organisations");
    comes(&portal, days_after(day, 1)).await;
    assert_eq!(portal.database.number(told), 4);
}

#[actix_web::test]
async fn an_add_on_can_be_left_behind_when_its_base_renews() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_has_basic(&portal).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    let day = months_after(today(), 12);
    let words = day.format("%-d %b %Y").to_string();
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&add_on)).await;
    sam.sees("it renews together with the subscription that it is an add-on of");
    sam.press(&format!("Let it end on {words}")).await;
    comes(&portal, day).await;
    assert_eq!(stands(&portal, &add_on).await.0, "deleted");
    assert_eq!(stands(&portal, &id).await.1, months_after(day, 12));
}

#[actix_web::test]
async fn a_trial_is_over_on_its_day_and_what_is_used_never() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let trial = portal.has_subscription(&contoso, PlainSubscription::trial("Trial E5")).await;
    let usage = portal.has_subscription(&contoso, PlainSubscription::by_use("Azure")).await;
    portal
        .database
        .change("UPDATE subscriptions SET term_months = 1200, renews_on = '2126-01-01' WHERE unit = 'usage'");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for id in [&trial, &usage] {
        sam.visit(&page(id)).await;
        sam.sees_no_button("Renew by itself").sees_not("another term begins");
        // Nor by hand.
        sam.stay().post(&format!("{}/renewal", page(id)), &[("version", "1"), ("auto_renews", "no")]).await;
        assert!(
            matches!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY | StatusCode::SEE_OTHER),
            "{}",
            sam.status()
        );
    }
    let day = months_after(today(), 12);
    comes(&portal, day).await;
    assert_eq!(stands(&portal, &trial).await.0, "deleted");
    assert_eq!(stands(&portal, &usage).await.0, "active");
}

#[actix_web::test]
async fn the_data_of_what_is_suspended_is_deleted_the_day_after_the_last() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let last = days_after(today(), 90);
    is_now(&portal, &id, "suspended", Some(last)).await;
    comes(&portal, last).await;
    assert_eq!(stands(&portal, &id).await.0, "suspended");
    comes(&portal, days_after(last, 1)).await;
    assert_eq!(stands(&portal, &id).await.0, "deleted");
    let (action, changes, _) = log(&portal, &portal.harbor.id, &id).await.remove(0);
    assert_eq!(action, "end_subscription");
    assert!(changes.contains("data_deleted"), "{changes}");
}

#[actix_web::test]
async fn what_a_customer_had_waits_for_its_reinstatement_in_the_term_in_which_it_would_be() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let day = days_after(today(), 20);
    portal.database.change(&format!("UPDATE subscriptions SET renews_on = '{day}'"));
    is_now(&portal, &id, "suspended", Some(days_after(today(), 90))).await;
    portal.database.change("UPDATE customers SET ended_at = created_at, ended_by_name = 'Sam'");
    comes(&portal, day).await;
    assert_eq!(stands(&portal, &id).await, ("suspended".to_owned(), months_after(day, 12), 510));
    comes(&portal, days_after(today(), 91)).await;
    assert_eq!(stands(&portal, &id).await.0, "deleted");
}

#[actix_web::test]
async fn a_suspended_provider_lets_end_and_lets_nothing_renew() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.has_suspended(&portal.harbor.clone(), "60 days overdue.").await;
    let words = months_after(today(), 12).format("%-d %b %Y").to_string();
    gina.visit(&page(&id)).await;
    gina.press(&format!("Let it end on {words}")).await;
    gina.sees(&format!("It ends on {words}."))
        .sees("While your organization is suspended, nothing is set to renew.");
    gina.sees_no_button("Renew by itself");
    gina.stay().post(&format!("{}/renewal", page(&id)), &[("version", "2"), ("auto_renews", "yes")]).await;
    assert_eq!(gina.status(), StatusCode::FORBIDDEN);
    gina.stay()
        .post(&format!("{}/renewal", page(&id)), &[("version", "2"), ("auto_renews", "perhaps")])
        .await;
    assert_eq!(gina.status(), StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn several_instances_renew_each_once() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    for number in 0..6 {
        portal.has_subscription(&contoso, PlainSubscription::new(&format!("Basic {number}"))).await;
    }
    let now = Moment::start_of(months_after(today(), 12));
    let passes = (0..3)
        .map(|_| portal.db.write(move |conn| twotier::subscriptions::store::calendar::pass_some(conn, now)));
    let done: usize = join_all(passes).await.into_iter().map(|done| done.unwrap()).sum();
    assert_eq!(done, 6);
    let renewed = "SELECT count(*) AS number FROM activity_records WHERE action = 'renew_subscription'";
    assert_eq!(portal.database.number(renewed), 6);
}
