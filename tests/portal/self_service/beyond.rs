//! What is another customer's does not exist.

use actix_web::http::StatusCode;
use twotier::values::id::{CustomerId, DelegationId};

use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn somebody_elses_accounts_do_not_exist() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let (juniper, alder) = (portal.has_customer("Juniper Hall").await, portal.has_customer("Alder").await);
    let own = portal.has_delegation(&juniper, &brightwater).await;
    let theirs = portal.has_delegation(&alder, &brightwater).await;
    portal.has_subscription(&alder, PlainSubscription::new("Enterprise E3")).await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    let nobodys = (CustomerId::new(), DelegationId::new());
    for (account, delegation) in [(alder, theirs), (alder, own), (juniper, theirs), nobodys] {
        for path in [
            format!("/own/partners/{account}/resellers/{delegation}/removal"),
            format!("/own/partners/{account}/resellers/{delegation}/return"),
        ] {
            cora.visit(&path).await;
            assert_eq!(cora.status(), StatusCode::NOT_FOUND, "{path}");
            cora.stay().post(&path, &[]).await;
            assert_eq!(cora.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
    for account in [alder.as_str(), CustomerId::new().as_str(), "1", "%00"] {
        for page in ["partners/ID/removal", "partners/ID/return", "agreements/ID"] {
            let path = format!("/own/{}", page.replace("ID", account));
            cora.visit(&path).await;
            assert_eq!(cora.status(), StatusCode::NOT_FOUND, "{path}");
            cora.stay().post(&path, &[("consent", "yes"), ("first_name", "C"), ("last_name", "C")]).await;
            assert_eq!(cora.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
    cora.visit("/own/partners").await;
    cora.sees_not("Alder");
    cora.visit("/own/subscriptions").await;
    cora.sees("No subscription yet").sees_not("Enterprise E3");
    for untouched in [
        "SELECT count(*) FROM delegations WHERE ended_at IS NOT NULL",
        "SELECT count(*) FROM customers WHERE NOT is_delegated",
    ] {
        assert_eq!(portal.database.number(untouched), 0, "{untouched}");
    }
}

#[actix_web::test]
async fn a_place_in_somebody_elses_list_is_only_a_place() {
    let portal = Portal::open().await;
    let (juniper, alder) = (portal.has_customer("Juniper Hall").await, portal.has_customer("Alder").await);
    for name in ["Business Basic", "Visio Plan"] {
        portal.has_subscription(&juniper, PlainSubscription::new(name)).await;
    }
    let theirs = portal.has_subscription(&alder, PlainSubscription::new("Enterprise E3")).await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    let place = format!("enterprise+e3%1F{theirs}");
    for (direction, seen, unseen) in
        [("after", "Visio Plan", "Business Basic"), ("before", "Business Basic", "Visio Plan")]
    {
        cora.visit(&format!("/own/subscriptions?{direction}={place}")).await;
        cora.sees_row(&[seen]).sees_no_row(&[unseen]).sees_not("Enterprise E3");
    }
}

#[actix_web::test]
async fn what_the_company_has_is_listed_without_prices_and_partners() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let mut named = PlainSubscription::new("Enterprise E3");
    named.incentives = Some(("4810233".to_owned(), brightwater.id));
    portal.has_subscription(&juniper, named).await;
    for number in 1..=40 {
        portal.has_subscription(&juniper, PlainSubscription::new(&format!("Offer {number:02}"))).await;
    }
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.follow("Subscriptions").await;
    cora.sees_row(&["Enterprise E3", "25 licenses", "Active"]);
    cora.sees_not("4810233").sees_not("€").sees_no_row(&["Offer 40"]);
    cora.follow("Next").await;
    cora.sees_row(&["Offer 40"]);
}
