//! What is kept of a customer's subscriptions is what they cost, whoever wrote them and however.

use std::collections::HashMap;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::catalog::model::Billing;
use twotier::db::schema::{customers, delegations, organisations, subscriptions};
use twotier::subscriptions::model::{Cost, Status};
use twotier::values::currency::Currency;
use twotier::values::id::CustomerId;
use twotier::values::money::Money;
use twotier::values::quantity::Quantity;

use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

type Worth = HashMap<CustomerId, i64>;

/// What is kept with customers, and in their delegations, is the sum of what their subscriptions cost.
async fn is_right(portal: &Portal, when: &str) -> Worth {
    let (kept, repeated, counted) = portal
        .query(|conn| {
            let kept: Vec<(CustomerId, i64)> =
                customers::table.select((customers::id, customers::monthly_minor)).load(conn)?;
            let repeated: Vec<(CustomerId, i64)> = delegations::table
                .select((delegations::customer_id, delegations::customer_monthly_minor))
                .load(conn)?;
            let rows: Vec<(CustomerId, Quantity, Billing, Currency, i64, Currency)> = subscriptions::table
                .inner_join(organisations::table.on(organisations::id.eq(subscriptions::provider_id)))
                .filter(subscriptions::status.eq(Status::Active))
                .select((
                    subscriptions::customer_id,
                    subscriptions::quantity,
                    subscriptions::billing,
                    subscriptions::currency,
                    subscriptions::unit_price_minor,
                    organisations::currency,
                ))
                .load(conn)?;
            let mut counted = Worth::new();
            for (customer, quantity, billing, currency, price, own) in rows {
                if currency == own {
                    let month = Cost::of(Money::new(price, currency), billing, quantity).month.minor;
                    *counted.entry(customer).or_default() += month;
                }
            }
            Ok((kept, repeated, counted))
        })
        .await;
    for (customer, minor) in kept.iter().chain(&repeated) {
        assert_eq!(*minor, counted.get(customer).copied().unwrap_or_default(), "{when}: {customer}");
    }
    kept.into_iter().collect()
}

#[actix_web::test]
async fn whatever_writes_a_subscription_the_value_is_right() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (contoso, other) = (portal.has_customer("Contoso").await, portal.has_customer("Other").await);
    portal.has_delegation(&contoso, &brightwater).await;
    let annual = PlainSubscription { billing: Billing::Annual, ..PlainSubscription::new("Annual") };
    let id = portal.has_subscription(&contoso, annual).await;
    portal.has_subscription(&contoso, PlainSubscription::new("Monthly")).await;
    portal.has_subscription(&contoso, PlainSubscription::by_use("Azure")).await;
    portal.has_subscription(&contoso, PlainSubscription::trial("Trial")).await;
    let late = portal.has_partner("Newleaf", "DE", "4810255").await;
    portal.has_delegation(&contoso, &late).await;
    // 5.10 a year are 0.43 a month; 25 of them, 25 of 5.10 a month, and one by use.
    assert_eq!(is_right(&portal, "bought").await.get(&contoso), Some(&(25 * 43 + 25 * 510 + 510)));
    for (when, set) in [
        ("a quantity", "quantity = 26".to_owned()),
        ("a price rounded up", "unit_price_minor = 6126".to_owned()),
        ("a price rounded down", "unit_price_minor = 6125".to_owned()),
        ("suspended", "status = 'suspended'".to_owned()),
        ("a quantity of what is suspended", "quantity = 3".to_owned()),
        ("reactivated", "status = 'active'".to_owned()),
        ("billing", "billing = 'monthly'".to_owned()),
        ("never billed", "billing = 'none'".to_owned()),
        ("billed again", "billing = 'annual', unit_price_minor = 18".to_owned()),
        ("another currency", "currency = 'JPY'".to_owned()),
        ("the same currency", "currency = 'EUR'".to_owned()),
        ("another customer", format!("customer_id = '{other}'")),
        ("deleted", "status = 'deleted'".to_owned()),
        ("and back", format!("status = 'active', customer_id = '{contoso}'")),
    ] {
        let sql = format!("UPDATE subscriptions SET {set} WHERE id = '{id}'");
        portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("it is written");
        is_right(&portal, when).await;
    }
    let sql = format!("DELETE FROM subscriptions WHERE id = '{id}'");
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("it is gone");
    assert_eq!(is_right(&portal, "gone").await.get(&contoso), Some(&(25 * 510 + 510)));
}

#[actix_web::test]
async fn what_people_do_shows_at_once() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let id = portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{id}")).await;
    sam.fill("Quantity", "30").press("Change quantity").await;
    sam.press("Change quantity").await;
    sam.visit("/customers").await;
    assert_eq!(sam.cell("Contoso", "Monthly value"), "€ 153.00");
    is_right(&portal, "raised").await;
}

#[actix_web::test]
async fn a_value_in_another_currency_stands_beside_and_none_is_too_much() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
    let id = portal.has_subscription(&contoso, PlainSubscription::new("Business Premium")).await;
    let sql = format!("UPDATE subscriptions SET currency = 'JPY' WHERE id = '{id}'");
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("it is in yen");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    let value = sam.cell("Contoso", "Monthly value");
    assert!(value.contains("€ 127.50") && value.contains("¥ 12,750"), "{value}");
    let sql = format!(
        "UPDATE subscriptions SET currency = 'EUR', quantity = 9999999999, unit_price_minor = 99999999999 WHERE id = '{id}'"
    );
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("it costs too much");
    sam.visit("/customers?sort=-value").await;
    sam.sees("Contoso");
}

#[actix_web::test]
async fn the_demonstration_keeps_what_its_subscriptions_cost() {
    let portal = Portal::demonstration(300, "a long password for stories").await;
    assert!(is_right(&portal, "the demonstration").await.values().any(|minor| *minor > 0));
}
