//! More customers than a search looks at in list order, and than one part of an export holds.

use diesel::connection::SimpleConnection as _;
use twotier::access::Role;

use super::names;
use crate::support::portal::Portal;

const MANY: usize = 10_020;

#[actix_web::test]
async fn a_search_finds_what_is_far_away() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    has_many(&portal, Some(reseller.id.as_str())).await;
    for number in 0..30 {
        let (name, domain) =
            (format!("Zulu \"50%_x\" 東京商店{number:02}"), format!("z{number}.onmicrosoft.com"));
        let zulu = portal.has_customer_at(&portal.harbor, &name, &domain).await;
        if number % 2 == 0 {
            portal.has_delegation(&zulu, &reseller).await;
        }
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut olga = portal.browser_in(&reseller, &[Role::SalesAgent]).await;
    for search in ["\"50%_x\"", "LU \"50", "%_x", "東京商店", "京商", "店"] {
        sam.visit("/customers").await;
        sam.sees("More than 2,000 customers");
        sam.fill("Search name, domain or Microsoft ID", search).press("Apply").await;
        assert_eq!(names(&sam).first().map(String::as_str), Some("Zulu \"50%_x\" 東京商店00"), "{search}");
        sam.follow("Next").await;
        assert_eq!(names(&sam).len(), 5, "{search}");
        sam.follow("Previous").await;
        assert_eq!(names(&sam).len(), 25, "{search}");
        sam.choose("Indirect reseller", "Brightwater IT (4810233)").press("Apply").await;
        assert_eq!(names(&sam).len(), 15, "{search}");
        olga.visit("/customers").await;
        olga.fill("Search name, domain or Microsoft ID", search).press("Apply").await;
        assert_eq!(names(&olga), names(&sam), "{search}");
    }
    for search in ["50%%x", "50__x", "\"50%_x\" OR \"aaa\"", "*\"50"] {
        sam.visit("/customers").await;
        sam.fill("Search name, domain or Microsoft ID", search).press("Apply").await;
        sam.sees_heading("No customer matches");
    }
}

#[actix_web::test]
async fn an_export_of_many_has_every_customer_once_in_order() {
    let portal = Portal::open().await;
    has_many(&portal, None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/export").await;
    let text = sam.download().text();
    let names: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert_eq!(names.len(), MANY);
    assert!(names.is_sorted_by(|one, next| one < next));
    sam.visit("/customers/export?search=far").await;
    assert_eq!(sam.download().text().lines().count(), MANY + 1);
}

/// Customers of Harbor that are called `far 00001` and so on.
async fn has_many(portal: &Portal, reseller: Option<&str>) {
    let (provider, now) = (portal.harbor.id, "'2026-01-01 00:00:00'");
    let digits = "substr('00000', length(CAST(i AS TEXT)) + 1) || CAST(i AS TEXT)";
    let id = format!("'11111111-1111-7111-8111-1110000' || {digits}");
    let (name, domain) = (format!("'far ' || {digits}"), format!("'far' || {digits} || '.onmicrosoft.com'"));
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY})");
    let mut sql = format!(
        "INSERT INTO organisations (id, kind, name, country, currency, state, created_at)
         {numbers}
         SELECT {id}, 'customer', {name}, 'DE', 'EUR', 'enrolled', {now} FROM n;
         INSERT INTO customers (id, tenant_id, provider_id, company_name, sort_name, domain, search_text, country, address_line1,
             address_line2, city, state, postal_code, first_name, middle_name, last_name, email, phone, registration_id,
             culture, qualification, agreement, agreement_first_name, agreement_last_name, agreement_email,
             agreement_phone, created_at, version)
         {numbers}
         SELECT {id}, {id}, '{provider}', {name}, {name}, {domain}, {name} || '\n' || {domain} || '\n' || {id}, 'DE', '', '',
             '', '', '', '', '', '', 'far@example.com', '', '', 'de-DE', 'none', 'awaited', '', '', '', '', {now}, 1
         FROM n;"
    );
    if let Some(reseller) = reseller {
        sql += &format!(
            "INSERT INTO delegations (id, customer_id, reseller_id, provider_id, customer_sort_name, customer_domain, since)
             {numbers}
             SELECT {id}, {id}, '{reseller}', '{provider}', {name}, {domain}, {now} FROM n;"
        );
    }
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("the customers are added");
}
