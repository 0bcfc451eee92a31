//! Export customers.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use crate::support::portal::Portal;

const HEAD: &str = "\u{feff}Microsoft ID,Company name,Primary domain name,Relationship,State,Since,Monthly value,Currency,In other currencies,Ended\r\n";

#[actix_web::test]
async fn the_export_is_exactly_what_the_list_shows() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let beta = portal.has_customer("Beta, \"Best\" & Co").await;
    let alpha = portal.has_customer("=Alpha+1").await;
    portal.has_delegation(&alpha, &reseller).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.follow("Export as CSV").await;
    let file = sam.download();
    assert_eq!((file.name.as_str(), file.kind.as_str()), ("customers.csv", "text/csv; charset=utf-8"));
    let today = Moment::now().day();
    let alpha_line = format!(
        "{alpha},'=Alpha+1,alpha1.onmicrosoft.com,Through Brightwater IT,active,{today},0.00,EUR,,\r\n"
    );
    let beta_line = format!(
        "{beta},\"Beta, \"\"Best\"\" & Co\",betabestco.onmicrosoft.com,Direct,active,{today},0.00,EUR,,\r\n"
    );
    assert_eq!(file.text(), format!("{HEAD}{alpha_line}{beta_line}"));

    sam.fill("Search name, domain or Microsoft ID", "best").press("Apply").await;
    sam.follow("Export as CSV").await;
    assert_eq!(sam.download().text(), format!("{HEAD}{beta_line}"));
    sam.visit(&format!("/customers/export?reseller={}", reseller.id)).await;
    assert_eq!(sam.download().text(), format!("{HEAD}{alpha_line}"));
    sam.visit("/customers/export?search=nowhere").await;
    assert_eq!(sam.download().text(), HEAD);

    let mut olga = portal.browser_in(&reseller, &[Role::AdminAgent]).await;
    olga.visit("/customers/export").await;
    let through_harbor = alpha_line.replace("Brightwater IT", "Harbor Distribution");
    assert_eq!(olga.download().text(), format!("{HEAD}{through_harbor}"));
}

#[actix_web::test]
async fn what_few_customers_have_is_exported_of_each_list_in_its_order() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    for name in ["Birch Works", "Alder Works", "Cedar", "東京商店"] {
        portal.has_customer(name).await;
    }
    let dune = portal.has_customer("Dune Works").await;
    portal.has_delegation(&dune, &reseller).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (query, names) in [
        ("search=works", vec!["Alder Works", "Birch Works", "Dune Works"]),
        ("search=works&sort=-name", vec!["Dune Works", "Birch Works", "Alder Works"]),
        ("search=works&sort=since", vec!["Birch Works", "Alder Works", "Dune Works"]),
        ("search=al&sort=value", vec!["Alder Works"]),
        ("search=%E5%95%86&sort=value", vec!["東京商店"]),
        ("search=works&view=without-reseller", vec!["Alder Works", "Birch Works"]),
        ("search=works&view=ended", vec![]),
        (&format!("search=works&reseller={}", reseller.id), vec!["Dune Works"]),
    ] {
        sam.visit(&format!("/customers/export?{query}")).await;
        let file = sam.download().text();
        let found: Vec<&str> = file.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!(found, names, "{query}");
    }
}

#[actix_web::test]
async fn who_may_not_export_is_not_offered_it() {
    let portal = Portal::open().await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/customers").await;
    helen.sees_no_link("Export as CSV");
    helen.visit("/customers/export").await;
    assert_eq!(helen.status(), StatusCode::FORBIDDEN);
}
