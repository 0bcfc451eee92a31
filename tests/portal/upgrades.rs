//! An offer is bought in place of another one, with the licenses of its users.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{offer_prerequisites, offer_upgrades, subscriptions};
use twotier::values::id::{CustomerId, OfferId, SubscriptionId};

use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;
use crate::users::licenses::product;
use crate::users::many_licenses::{gives_all, has_users};

/// Contoso has 25 licenses of Business Basic, which can be upgraded to Enterprise E3, for € 20.00 a month.
async fn contoso_can_upgrade(portal: &Portal) -> (CustomerId, SubscriptionId, OfferId) {
    let contoso = portal.has_customer("Contoso").await;
    let id = portal.has_subscription(&contoso, product("Business Basic", 25, "Mail")).await;
    let e3 = portal
        .has_offer(PlainOffer {
            service_plans: "Mail;Calls".to_owned(),
            ..PlainOffer::new("Enterprise E3", 2_000)
        })
        .await;
    leads_to(portal, &portal.offer_of(&id).await, &e3).await;
    (contoso, id, e3)
}

async fn leads_to(portal: &Portal, from: &OfferId, to: &OfferId) {
    let (from, to) = (*from, *to);
    let insert = move |conn: &mut twotier::db::Connection| {
        diesel::insert_into(offer_upgrades::table)
            .values((offer_upgrades::offer_id.eq(from), offer_upgrades::target_id.eq(to)))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(insert).await.expect("the path is added");
}

fn page(id: &SubscriptionId) -> String {
    format!("/subscriptions/{id}")
}

fn address(id: &SubscriptionId) -> String {
    format!("{}/upgrade", page(id))
}

/// What took the place of a subscription.
async fn successor(portal: &Portal, id: &SubscriptionId) -> SubscriptionId {
    let id = *id;
    let next = subscriptions::table.filter(subscriptions::upgraded_from_id.eq(Some(id)));
    portal.query(move |conn| Ok(next.select(subscriptions::id).first(conn)?)).await
}

#[actix_web::test]
async fn a_seller_upgrades_with_the_licenses_of_the_users() {
    let portal = Portal::open().await;
    let (contoso, id, _) = contoso_can_upgrade(&portal).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_delegation(&contoso, &brightwater).await;
    let olga = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &contoso, &["Ann", "Ben"]).await;
    gives_all(&mut ada, &contoso, &["Ann Moss", "Ben Moss"], "Business Basic").await;
    ada.visit(&page(&id)).await;
    ada.follow("Upgrade now").await;
    ada.fill("Quantity", "30").choose("Billing frequency", "Annual").press("Show what it costs").await;
    ada.sees_row(&["Offer", "Business Basic", "Enterprise E3"]).sees_row(&[
        "Quantity",
        "25 licenses",
        "30 licenses",
    ]);
    ada.sees_row(&["Price a year", "€ 7,200.00"])
        .sees("2 users get a license of the new one")
        .sees("It cannot be undone.");
    ada.press("Upgrade now").await;
    ada.sees_heading("Upgraded to Enterprise E3").sees("2 users have a license of the new one.");
    let next = successor(&portal, &id).await;
    ada.visit(&page(&next)).await;
    ada.sees_heading("Enterprise E3")
        .sees("30 licenses")
        .sees("2 licenses of this offer")
        .sees_link("Business Basic");
    ada.visit(&page(&id)).await;
    ada.sees("Upgraded on").sees_link("Enterprise E3").sees("Upgrade a subscription");
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert_eq!(
        letter.subject,
        "Harbor Distribution bought another offer in place of Business Basic of Contoso"
    );
    assert!(letter.body_text.contains(&page(&next)), "{}", letter.body_text);
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM orders"), 2);
    assert_eq!(
        portal.database.number("SELECT count(*) AS number FROM licenses WHERE released_at IS NULL"),
        2
    );
}

#[actix_web::test]
async fn who_cannot_have_the_new_license_is_named_with_the_reason() {
    let portal = Portal::open().await;
    let (contoso, id, _) = contoso_can_upgrade(&portal).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &contoso, &["Ann", "Ben"]).await;
    gives_all(&mut ada, &contoso, &["Ann Moss", "Ben Moss"], "Business Basic").await;
    portal.database.change("UPDATE offers SET countries = 'DE' WHERE name = 'Enterprise E3'");
    portal.database.change("UPDATE customer_users SET location = 'FR' WHERE first_name = 'Ben'");
    ada.visit(&address(&id)).await;
    ada.press("Show what it costs").await;
    ada.press("Upgrade now").await;
    ada.sees("1 user has a license of the new one.").sees("1 user keeps the old license");
    ada.sees_row(&["Ben Moss", "Refused"]).sees_no_row(&["Ann Moss"]);
}

#[actix_web::test]
async fn what_stands_in_the_way_is_said_for_each_target() {
    let portal = Portal::open().await;
    let (contoso, id, e3) = contoso_can_upgrade(&portal).await;
    let basic = portal.offer_of(&id).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Archive", &id)).await;
    sam.visit(&address(&id)).await;
    sam.sees("Nothing can take its place now.").sees("These add-ons do not go with it: Archive.");
    let archive = portal.offer_of(&add_on).await;
    let insert = move |conn: &mut twotier::db::Connection| {
        let needs = (offer_prerequisites::add_on_id.eq(archive), offer_prerequisites::base_id.eq(e3));
        diesel::insert_into(offer_prerequisites::table).values(needs).execute(conn)?;
        Ok(())
    };
    portal.db.write(insert).await.expect("it goes with the target");
    let calls = portal.has_subscription(&contoso, product("Calling", 5, "CALLS")).await;
    sam.visit(&address(&id)).await;
    sam.sees("Calling, which the customer has, holds Calls as well");
    portal.database.change(&format!("UPDATE subscriptions SET status = 'deleted' WHERE id = '{calls}'"));
    portal.database.change("UPDATE offers SET is_available = FALSE WHERE name = 'Enterprise E3'");
    sam.visit(&address(&id)).await;
    sam.sees("This offer is no longer sold.");
    portal.database.change("UPDATE offers SET is_available = TRUE");
    sam.visit(&address(&id)).await;
    for quantity in ["99999999999", "", "0"] {
        sam.fill("Quantity", quantity).press("Show what it costs").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{quantity}");
        assert_eq!(sam.page().value("Quantity").unwrap(), quantity);
    }
    sam.fill("Quantity", "25").press("Show what it costs").await;
    sam.press("Upgrade now").await;
    sam.sees_heading("Upgraded to Enterprise E3").sees("No user had a license of it.");
    // The add-on went along.
    let (next, parent) = (successor(&portal, &id).await, add_on);
    let parent: Option<SubscriptionId> = portal
        .query(move |conn| {
            Ok(subscriptions::table.find(parent).select(subscriptions::parent_id).first(conn)?)
        })
        .await;
    assert_eq!(parent, Some(next));
    sam.visit(&address(&next)).await;
    sam.sees("The catalog names no offer that it could be upgraded to.");
    sam.visit(&address(&id)).await;
    sam.sees("It is deleted");
    leads_to(&portal, &e3, &basic).await;
    portal.database.change("UPDATE customers SET is_delegated = FALSE");
    sam.visit(&address(&next)).await;
    sam.sees("The customer has taken delegated administration from you");
}

#[actix_web::test]
async fn it_is_upgraded_once_however_often_it_is_sent_and_never_at_another_price() {
    let portal = Portal::open().await;
    let (_, id, _) = contoso_can_upgrade(&portal).await;
    let mut sellers = Vec::new();
    for _ in 0..3 {
        let mut sam = portal.browser_of(Role::SalesAgent).await;
        sam.visit(&address(&id)).await;
        sam.press("Show what it costs").await;
        sellers.push(sam);
    }
    portal.database.change("UPDATE offer_prices SET monthly_minor = 2100 WHERE monthly_minor = 2000");
    let mut sam = sellers.remove(0);
    sam.press("Upgrade now").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees("The subscription or a price was changed").sees("€ 21.00 each a month");
    portal.database.change("UPDATE offer_prices SET monthly_minor = 2000 WHERE monthly_minor = 2100");
    join_all(sellers.iter_mut().map(|sam| sam.press("Upgrade now"))).await;
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM subscriptions"), 2);
    let mut late = sellers.remove(0);
    late.visit(&page(&id)).await;
    late.sees("Upgraded on");
    sam.press("Show what it costs").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn strangers_and_resellers_upgrade_nothing() {
    let portal = Portal::open().await;
    let (contoso, id, _) = contoso_can_upgrade(&portal).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_delegation(&contoso, &brightwater).await;
    let mut rita = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    rita.visit(&page(&id)).await;
    rita.sees_no_link("Upgrade now");
    let other = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = portal.browser_in(&other, &[Role::AdminAgent]).await;
    eve.visit(&address(&id)).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
}
