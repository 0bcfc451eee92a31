//! The Customers list in other orders than by name.

use diesel::connection::SimpleConnection as _;
use twotier::access::Role;

use super::names;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_head_sorts_and_turns_round_and_says_so() {
    let portal = Portal::open().await;
    for (name, quantity) in [("Alder", 3), ("Birch", 0), ("Cedar", 40)] {
        let customer = portal.has_customer(name).await;
        if quantity > 0 {
            let plain = PlainSubscription { quantity, ..PlainSubscription::new(name) };
            portal.has_subscription(&customer, plain).await;
        }
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    assert_eq!(sam.cell("Alder", "Monthly value"), "€ 15.30");
    assert_eq!(sam.cell("Birch", "Monthly value"), "–");
    for (head, sorted, found) in [
        ("Monthly value", "descending", ["Cedar", "Alder", "Birch"]),
        ("Monthly value", "ascending", ["Birch", "Alder", "Cedar"]),
        ("Since", "descending", ["Cedar", "Birch", "Alder"]),
        ("Since", "ascending", ["Alder", "Birch", "Cedar"]),
        ("Company name", "ascending", ["Alder", "Birch", "Cedar"]),
        ("Company name", "descending", ["Cedar", "Birch", "Alder"]),
    ] {
        sam.follow(head).await;
        assert_eq!(names(&sam), found, "{head}");
        assert_eq!(sam.html().matches(&format!("aria-sort=\"{sorted}\"")).count(), 1, "{head}");
        sam.follow("Export as CSV").await;
        let file = sam.download().text();
        let listed: Vec<&str> = file.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!(listed, found, "{head}");
    }
    // Filtering keeps the order.
    sam.fill("Search name, domain or Microsoft ID", "onmicrosoft").press("Apply").await;
    assert_eq!(names(&sam), ["Cedar", "Birch", "Alder"]);
}

#[actix_web::test]
async fn every_order_is_whole_on_its_pages_whatever_narrows_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut all = Vec::new();
    for number in 0..57 {
        let (name, domain) = (format!("Customer {number:02}"), format!("c{number}.onmicrosoft.com"));
        let customer = portal.has_customer_at(&portal.harbor, &name, &domain).await;
        portal.has_delegation(&customer, &brightwater).await;
        all.push(name);
    }
    // Many are worth the same, and came on the same day: then the id decides.
    let sql = "UPDATE customers SET monthly_minor = length(company_name) + (CASE WHEN company_name < 'Customer 30' THEN 700 ELSE 9 END),
        agreement = 'awaited', ending_on = '2999-01-01',
        created_at = (CASE WHEN company_name < 'Customer 20' THEN '2026-02-01 00:00:00' ELSE '2026-01-01 00:00:00' END)";
    portal
        .db
        .write(move |conn| {
            let sql = if conn.is_sqlite() {
                sql.to_owned()
            } else {
                sql.replace("00:00' ELSE", "00:00'::timestamp ELSE")
                    .replace("00:00' END", "00:00'::timestamp END")
            };
            Ok(conn.batch_execute(&sql)?)
        })
        .await
        .expect("they are alike");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    let reseller = brightwater.id;
    for sort in ["", "-name", "since", "-since", "value", "-value"] {
        for narrowed in ["", "view=agreement-missing", "view=ending-soon", "search=ustomer", "search=cu"] {
            let list = format!("/customers?{narrowed}&sort={sort}");
            walks(&mut sam, &list, &all).await;
            walks(&mut sam, &format!("{list}&reseller={reseller}"), &all).await;
            walks(&mut olga, &list, &all).await;
        }
    }
    for nonsense in ["sort=value&after=x%1Fy", "sort=since&before=2026%1Fy", "sort=-value&after=%1F"] {
        sam.visit(&format!("/customers?{nonsense}")).await;
        assert_eq!(names(&sam).len(), 25, "{nonsense}");
    }
}

/// Every customer is on one of the pages, forwards and backwards.
async fn walks(browser: &mut Browser, list: &str, all: &[String]) {
    browser.visit(list).await;
    let first = names(browser);
    browser.follow("Next").await;
    let second = names(browser);
    browser.follow("Next").await;
    let mut found = [first.clone(), second.clone(), names(browser)].concat();
    browser.sees_no_link("Next");
    browser.follow("Previous").await;
    assert_eq!(names(browser), second, "{list}");
    browser.follow("Previous").await;
    assert_eq!(names(browser), first, "{list}");
    found.sort();
    assert_eq!(found, all, "{list}");
}
