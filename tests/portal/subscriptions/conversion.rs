//! A trial becomes a paid subscription: the same one, with the same users.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::catalog::model::LimitScope;
use twotier::db::schema::{activity_records, licenses, subscriptions};
use twotier::values::id::{CustomerId, SubscriptionId};
use twotier::values::moment::{Moment, months_after};

use super::{actions, is_now, page};
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;
use crate::users::many_licenses::has_users;

/// Contoso tries Enterprise E3, 25 licenses, of which a trial is to be had once.
async fn contoso_tries(portal: &Portal) -> (CustomerId, SubscriptionId) {
    let contoso = portal.has_customer("Contoso").await;
    portal.has_offer(PlainOffer { maximum: 5_000, ..PlainOffer::new("Enterprise E3", 2_000) }).await;
    let mut trial = PlainSubscription::trial("Enterprise E3 Trial");
    trial.offer.limit = (LimitScope::Lifetime, 1);
    let id = portal.has_subscription(&contoso, trial).await;
    portal.database.change(
        "UPDATE offers SET converts_to = (SELECT id FROM offers WHERE name = 'Enterprise E3') WHERE is_trial",
    );
    (contoso, id)
}

fn address(id: &SubscriptionId) -> String {
    format!("{}/conversion", page(id))
}

#[actix_web::test]
async fn a_seller_converts_a_trial_and_keeps_its_id() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (contoso, id) = contoso_tries(&portal).await;
    portal.has_delegation(&contoso, &brightwater).await;
    let olga = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("It can become Enterprise E3");
    sam.follow("Convert trial to paid subscription").await;
    assert_eq!(sam.page().value("Quantity").unwrap(), "25");
    sam.fill("Quantity", "40").choose("Billing frequency", "Annual").press("Show what it costs").await;
    sam.sees("40 licenses")
        .sees("€ 240.00 each a year")
        .sees("€ 9,600.00")
        .sees("It cannot be made a trial again.");
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 0, "nothing is done yet");
    sam.press("Convert to paid").await;
    sam.sees("The trial is a paid subscription now.").sees_heading("Enterprise E3");
    sam.sees("40 licenses").sees("€ 240.00 each a year").sees_no_link("Convert trial to paid subscription");
    let kept: (String, bool, bool, chrono::NaiveDate) = portal
        .query(move |conn| {
            let row = (
                subscriptions::offer_name,
                subscriptions::is_trial,
                subscriptions::auto_renews,
                subscriptions::starts_on,
            );
            Ok(subscriptions::table.find(id).select(row).first(conn)?)
        })
        .await;
    assert_eq!((kept.0.as_str(), kept.1, kept.2), ("Enterprise E3", false, true));
    let starts = twotier::subscriptions::model::term::starts_on(Moment::now().day());
    assert_eq!(kept.3, starts);
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(actions(&portal, organisation, &id).await, ["convert_trial"]);
    }
    portal.carry_mail().await;
    assert_eq!(
        portal.letter_to(&olga).subject,
        "Harbor Distribution converted the trial Enterprise E3 Trial of Contoso"
    );
    // It renews as anything that is paid for.
    portal.does("pass_terms", Moment::start_of(months_after(starts, 12)).plus_seconds(600)).await;
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, ["convert_trial", "renew_subscription"]);
}

#[actix_web::test]
async fn users_keep_their_licenses_and_are_never_left_without() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_tries(&portal).await;
    let trial = portal.offer_of(&id).await;
    let mut sam = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut sam, &contoso, &["Ann", "Ben"]).await;
    portal.database.change(&format!(
        "INSERT INTO licenses (customer_id, offer_id, user_id, plans_off, assigned_at, assigned_by_name)
         SELECT '{contoso}', '{trial}', id, '', created_at, 'Sam Seller' FROM customer_users"
    ));
    sam.visit(&address(&id)).await;
    sam.fill("Quantity", "1").press("Show what it costs").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("1 user would be left without a license.");
    sam.fill("Quantity", "2").press("Show what it costs").await;
    sam.sees("2 users keep their licenses.");
    sam.press("Convert to paid").await;
    let paid = portal.offer_of(&id).await;
    let holders: Vec<twotier::values::id::OfferId> =
        portal.query(|conn| Ok(licenses::table.select(licenses::offer_id).load(conn)?)).await;
    assert_eq!(holders, [paid, paid]);
    sam.visit(&page(&id)).await;
    sam.sees("2 licenses of this offer");
}

#[actix_web::test]
async fn what_was_tried_once_has_been_tried() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_tries(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&address(&id)).await;
    sam.press("Show what it costs").await;
    sam.press("Convert to paid").await;
    is_now(&portal, &id, "deleted", None).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions/new")).await;
    sam.sees("Limit for each customer: once, ever. This customer has had it.");
}

#[actix_web::test]
async fn what_stands_in_the_way_is_said() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_tries(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&address(&id)).await;
    for typed in ["0", "5001", "many", "", "99999999999999999999"] {
        sam.fill("Quantity", typed).press("Show what it costs").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert_eq!(sam.page().value("Quantity").unwrap(), typed);
    }
    // So many are typed twice.
    sam.fill("Quantity", "2000").press("Show what it costs").await;
    sam.press("Convert to paid").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.fill("Quantity again", "200").press("Convert to paid").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // The price changes before it is confirmed.
    portal.database.change("UPDATE offer_prices SET monthly_minor = 2100");
    sam.fill("Quantity again", "2,000").press("Convert to paid").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees("What you sent is not saved.").sees("€ 21.00 each a month");
    assert_eq!(sam.page().value("Quantity").unwrap(), "2000");
    portal.database.change("UPDATE offers SET is_available = FALSE WHERE name = 'Enterprise E3'");
    sam.visit(&address(&id)).await;
    sam.sees("This offer is no longer sold.");
    sam.stay().post(&address(&id), &[("version", "1"), ("quantity", "25"), ("billing", "monthly")]).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    portal.database.change("UPDATE offers SET is_available = TRUE, converts_to = NULL");
    sam.visit(&page(&id)).await;
    sam.sees("There is no offer that this trial could become.")
        .sees_no_link("Convert trial to paid subscription");
    portal.has_no_agreement(&contoso).await;
    sam.visit(&address(&id)).await;
    sam.sees("The customer has not accepted the customer agreement");
    is_now(&portal, &id, "deleted", None).await;
    sam.visit(&address(&id)).await;
    sam.sees("It is deleted");
    let paid = portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
    sam.visit(&address(&paid)).await;
    sam.sees("It is paid for already.");
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 0);
}

#[actix_web::test]
async fn it_is_converted_once_however_often_it_is_sent() {
    let portal = Portal::open().await;
    let (_, id) = contoso_tries(&portal).await;
    let mut sellers = Vec::new();
    for _ in 0..3 {
        let mut sam = portal.browser_of(Role::SalesAgent).await;
        sam.visit(&address(&id)).await;
        sam.press("Show what it costs").await;
        sellers.push(sam);
    }
    join_all(sellers.iter_mut().map(|sam| sam.press("Convert to paid"))).await;
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, ["convert_trial"]);
    let all: i64 = portal
        .query(|conn| {
            let made = activity_records::table.filter(activity_records::action.eq("convert_trial"));
            Ok(made.count().get_result(conn)?)
        })
        .await;
    assert_eq!(all, 1);
    let mut sam = sellers.remove(0);
    sam.stay().post(&address(&id), &[("version", "1"), ("quantity", "25"), ("billing", "monthly")]).await;
    sam.visit(&page(&id)).await;
    sam.sees("25 licenses");
}

#[actix_web::test]
async fn resellers_read_who_converts_and_strangers_find_nothing() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (contoso, id) = contoso_tries(&portal).await;
    portal.has_delegation(&contoso, &brightwater).await;
    let mut rita = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    rita.visit(&page(&id)).await;
    rita.sees("The indirect provider converts it. Ask it in time.")
        .sees_no_link("Convert trial to paid subscription");
    let other =
        portal.has_organisation(twotier::access::OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = portal.browser_in(&other, &[Role::AdminAgent]).await;
    eve.visit(&address(&id)).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
}
