//! Order numbers: each provider counts its own.

use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;

use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

/// Somebody on Review of an order for this customer.
async fn reviews(browser: &mut Browser, customer: &CustomerId) {
    browser.visit(&format!("/customers/{customer}/subscriptions/new")).await;
    browser.fill("Licenses of Enterprise E3", "4").press("Next: Review").await;
}

async fn summit(portal: &Portal) -> Organisation {
    portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await
}

#[actix_web::test]
async fn each_provider_counts_from_one_and_nobody_confuses_them() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let summit = summit(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut numbers = Vec::new();
    for (provider, name) in [(&portal.harbor, "Contoso"), (&summit, "Fabrikam"), (&portal.harbor, "Juniper")]
    {
        let customer = portal.has_customer_of(provider, name).await;
        portal.has_delegation(&customer, &brightwater).await;
        let mut seller = portal.browser_in(provider, &[Role::SalesAgent]).await;
        reviews(&mut seller, &customer).await;
        seller.press("Submit").await;
        seller.visit("/orders").await;
        seller.sees_no_row(&["Indirect provider"]);
        numbers.push(
            seller.rows().into_iter().find(|row| row.iter().any(|cell| cell == name)).unwrap()[0].clone(),
        );
        if name == "Fabrikam" {
            seller.sees("1 order, the latest first.");
        }
    }
    assert_eq!(numbers[0], numbers[1]);
    assert!(numbers[0].ends_with("-000001") && numbers[2].ends_with("-000002"), "{numbers:?}");
    // A reseller of both finds both, each with its provider.
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    olga.visit("/orders").await;
    for searched in ["1", numbers[0].as_str()] {
        olga.fill("Search order number", searched).press("Apply").await;
        olga.sees_row(&[&numbers[0], "Harbor Distribution", "Contoso"]);
        olga.sees_row(&[&numbers[0], "Summit Supply", "Fabrikam"]);
        olga.sees_no_row(&["Juniper"]);
    }
    let kept = "SELECT count(*) FROM order_numbers";
    assert_eq!(portal.database.number(kept), 2);
}

#[actix_web::test]
async fn orders_of_two_providers_placed_at_once_have_consecutive_numbers_in_each() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let summit = summit(&portal).await;
    let mut tabs = Vec::new();
    for (provider, name) in [(&portal.harbor, "Contoso"), (&summit, "Fabrikam")] {
        let customer = portal.has_customer_of(provider, name).await;
        let sam = portal.browser_in(provider, &[Role::SalesAgent]).await;
        for _ in 0..4 {
            let mut tab = sam.clone_session();
            reviews(&mut tab, &customer).await;
            tabs.push(tab);
        }
    }
    join_all(tabs.iter_mut().map(|tab| tab.press("Submit"))).await;
    for tab in &tabs {
        tab.sees_heading("Confirmation");
    }
    for provider in [&portal.harbor, &summit] {
        let of = format!("FROM orders WHERE provider_id = '{}'", provider.id);
        let mut numbers = portal.database.texts(&format!("SELECT number AS text {of}"));
        numbers.sort();
        let ends: Vec<_> = numbers.iter().filter_map(|number| number.get(8..)).collect();
        assert_eq!(ends, ["000001", "000002", "000003", "000004"]);
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM order_numbers WHERE last = 4"), 2);
}
