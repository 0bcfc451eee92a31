//! A database whose names were folded by older rules, or never, and lists that find and sort names folded.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection as _;
use twotier::access::Role;
use twotier::db::refolding;
use twotier::values::folding::VERSION;

use crate::reservations::has_product;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// The columns that hold folded names.
const FOLDED: [(&str, &str); 15] = [
    ("organisations", "sort_name"),
    ("organisations", "name_key"),
    ("locations", "sort_name"),
    ("people", "sort_name"),
    ("partnerships", "reseller_sort_name"),
    ("offers", "sort_name"),
    ("customers", "sort_name"),
    ("customers", "name_key"),
    ("customers", "search_text"),
    ("customer_words", "parts"),
    ("delegations", "customer_sort_name"),
    ("subscriptions", "sort_name"),
    ("activity_records", "customer_sort_name"),
    ("enrolments", "sort_name"),
    ("reservation_products", "sort_name"),
];

/// Harbor with everything that has a name, and all names folded as they should not be.
async fn badly_folded() -> Portal {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Łódź Software", "PL", "4810233").await;
    let customer = portal.has_customer_at(&portal.harbor, "Ångström 商店", "angstrom.onmicrosoft.com").await;
    portal.has_delegation(&customer, &reseller).await;
    portal.has_subscription(&customer, PlainSubscription::new("Büro Basic")).await;
    has_product(&portal, "Übersicht", &[(1, 100)]);
    portal.browser_of(Role::SalesAgent).await;
    portal
}

#[actix_web::test]
async fn names_of_before_are_folded_at_the_start() {
    let portal = badly_folded().await;
    for (table, column) in FOLDED {
        if portal.database.number(&format!("SELECT count(*) FROM {table}")) > 0 {
            portal.database.change(&format!("UPDATE {table} SET {column} = '~'"));
        }
    }
    // Two processes that start at once.
    let other = portal.database.open();
    let (one, two) = tokio::join!(refolding::run(&portal.db), refolding::run(&other));
    one.expect("the names are folded");
    two.expect("the names are folded");
    for (table, column) in FOLDED {
        let left = format!("SELECT count(*) FROM {table} WHERE {column} = '~'");
        assert_eq!(portal.database.number(&left), 0, "{table}.{column}");
    }
    let product = "SELECT count(*) FROM reservation_products WHERE sort_name LIKE 'ubersicht_west europe'";
    assert_eq!(portal.database.number(product), 1, "by name, then by region");
    // The words of customers are folded with them.
    let tables = FOLDED.iter().map(|(table, _)| *table).filter(|table| *table != "customer_words");
    let tables: BTreeSet<&str> = tables.collect();
    let done = format!("SELECT count(*) FROM foldings WHERE version = {VERSION} AND reached IS NULL");
    assert_eq!(portal.database.number(&done), i64::try_from(tables.len()).expect("few tables"));
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for typed in ["angstrom", "商店", "店"] {
        sam.visit("/customers").await;
        sam.fill("Search name, domain or Microsoft ID", typed).press("Apply").await;
        sam.sees_row(&["Ångström 商店", "Łódź Software"]);
    }
    // What is done is not looked at again.
    portal.database.change("UPDATE people SET sort_name = '~'");
    refolding::run(&portal.db).await.expect("nothing is left to do");
    assert!(portal.database.number("SELECT count(*) FROM people WHERE sort_name = '~'") > 0);
}

#[actix_web::test]
async fn folding_goes_on_where_it_was_stopped() {
    let portal = Portal::open().await;
    let rows = "WITH RECURSIVE n(i) AS (SELECT 10001 UNION ALL SELECT i + 1 FROM n WHERE i < 12500)";
    let sql = format!(
        "INSERT INTO organisations (id, kind, name, sort_name, country, currency, state, created_at)
         {rows}
         SELECT '00000000-0000-8000-8000-0000000' || CAST(i AS TEXT), 'reseller', 'Łódź', '~', 'PL', 'EUR', 'enrolled',
             '2026-01-01 00:00:00'
         FROM n;
         INSERT INTO foldings (name, version, reached)
         VALUES ('organisations', {VERSION}, '00000000-0000-8000-8000-000000010100');"
    );
    portal.db.write(move |conn| Ok(conn.batch_execute(&sql)?)).await.expect("the rows are added");
    refolding::run(&portal.db).await.expect("the names are folded");
    let count = |sort_name: &str| {
        let rows =
            format!("SELECT count(*) FROM organisations WHERE name = 'Łódź' AND sort_name = '{sort_name}'");
        portal.database.number(&rows)
    };
    assert_eq!((count("~"), count("lodz")), (100, 2400));
}

#[actix_web::test]
async fn every_list_sorts_and_finds_names_folded() {
    let portal = Portal::open().await;
    for (name, mpn_id) in
        [("Zeta", "4810201"), ("Łódź Software", "4810202"), ("Omega", "4810203"), ("ÖBB", "4810204")]
    {
        portal.has_partner(name, "DE", mpn_id).await;
    }
    let companies = ["Łódź Software", "ÖBB", "Omega", "Zeta"];
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    has_in_order(&sam, &companies);
    sam.visit("/resellers?search=LODZ").await;
    sam.sees_row(&["Łódź Software"]).sees_no_row(&["Omega"]);
    let (_, mut robin) = crate::operator::operator(&portal).await;
    robin.visit("/operator/organisations").await;
    has_in_order(&robin, &companies);
    robin.visit("/operator/organisations?search=obb").await;
    robin.sees_row(&["ÖBB"]).sees_no_row(&["Omega"]);
}

#[actix_web::test]
async fn locations_stand_in_one_order_on_both_databases() {
    let portal = Portal::open().await;
    let reseller = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    for (name, mpn_id) in
        [("ulm", "4810234"), ("Überlingen", "4810235"), ("Vaduz", "4810236"), ("Łeba", "4810237")]
    {
        portal.has_location(&reseller, name, mpn_id).await;
    }
    let mut olga = portal.browser_in(&reseller, &[Role::GlobalAdmin]).await;
    olga.visit("/organisation/locations").await;
    has_in_order(&olga, &["Łeba", "Main office", "Überlingen", "ulm", "Vaduz"]);
}

/// The list in view has rows with these names, in this order.
fn has_in_order(browser: &Browser, names: &[&str]) {
    let rows = browser.rows();
    let has = |name: &&str| rows.iter().position(|row| row.iter().any(|cell| cell.contains(*name)));
    let places: Vec<Option<usize>> = names.iter().map(has).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{names:?}: {places:?}");
}
