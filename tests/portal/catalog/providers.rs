//! What a provider sees of the catalogue: its currency, its countries, and why something cannot be ordered.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::catalog::{command_line, sample};

use super::keeper;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_provider_reads_prices_in_its_currency_and_why_not() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    portal.has_offer(PlainOffer { countries: "FR".into(), ..PlainOffer::new("French", 100) }).await;
    portal.has_offer(PlainOffer { is_available: false, ..PlainOffer::new("Old", 100) }).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.follow("Catalog").await;
    sam.sees("3 offers, prices in EUR").sees_no_link("Add offer").sees_no_link("Upload a file");
    sam.sees_row(&["€ 20.00", "€ 240.00", "Can be ordered"]);
    sam.sees("Not sold in your country").sees("No longer sold");
    sam.follow("Export as CSV").await;
    let export = sam.download().text();
    assert!(
        export.contains("EUR monthly,EUR annual,EUR retail monthly") && !export.contains("USD"),
        "{export}"
    );
    sam.follow("Suite").await;
    sam.sees_row(&["EUR", "€ 20.00", "€ 240.00"]).sees_no_row(&["USD"]).sees_no_link("Change offer");
}

#[actix_web::test]
async fn the_sample_serves_a_provider_of_every_currency() {
    let portal = Portal::open().await;
    keeper(&portal).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    std::fs::write(&file, sample::FILE).unwrap();
    command_line::import(&portal.db, command_line::read(&file).unwrap(), false).await.unwrap();
    for (country, price) in [
        ("TW", "NT$ 619.00"),
        ("JP", "¥ 2,230"),
        ("IN", "₹ 1,421.00"),
        ("KR", "₩ 22,900"),
        ("BR", "$ 20.30"),
        ("CH", "CHF 19.90"),
        ("RU", "₽"),
        ("NZ", "NZ$"),
    ] {
        let provider =
            portal.has_organisation(OrganisationKind::Provider, &format!("Seller {country}"), country).await;
        let mut sue = portal.browser_in(&provider, &[Role::SalesAgent]).await;
        sue.visit("/catalog?search=office-365-enterprise-e3").await;
        sue.sees("Can be ordered").sees(price);
    }
}

#[actix_web::test]
async fn an_empty_catalog_names_whom_to_ask() {
    let portal = Portal::open().await;
    keeper(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/catalog").await;
    sam.sees("There are no offers yet").sees("Twotier operator").sees_no_button("Use the sample catalog");
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/catalog").await;
    assert_eq!(helen.status(), StatusCode::FORBIDDEN);
    helen.sees("see the catalog");
}
