//! The Security log: who signed in from where, what went wrong, what was refused and taken along.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::try_password;
use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn sign_ins_wrong_tries_refused_pages_and_exports_are_in_the_log_of_global_admins() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut browser = portal.browser();
    for _ in 0..3 {
        try_password(&mut browser, &sam, "not the password").await;
        try_password(&mut browser, "nobody@harbor.example", "my secret in the wrong field").await;
    }
    try_password(&mut browser, &sam, PASSWORD).await;
    browser.visit("/people").await;
    assert_eq!(browser.status(), StatusCode::FORBIDDEN);
    browser.visit("/customers/export").await;
    portal.keep_house(twotier::values::moment::Moment::now()).await;
    gina.visit("/activity").await;
    gina.follow("Security log").await;
    gina.sees_heading("Security log");
    gina.sees_row(&["Wrong password", "Sam sales_agent", "3"]);
    gina.sees_row(&["Signed in", "Sam sales_agent", "1"]).sees_row(&["Signed in", "Sam global_admin", "1"]);
    gina.sees_row(&["Page refused manage people and their roles", "Sam sales_agent", "1"]);
    gina.sees_row(&["List exported Customers", "Sam sales_agent", "1"]);
    // Of the account that is none, nothing is kept.
    let rows = "SELECT count(*) FROM security_events WHERE kind = 'wrong_password'";
    assert_eq!(portal.database.number(rows), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM wrong_tries"), 0);
    gina.visit("/security?kind=export").await;
    gina.sees_row(&["List exported Customers"]).sees_no_row(&["Signed in"]).sees_no_row(&["Page refused"]);
    gina.visit("/security?kind=nonsense&after=nonsense").await;
    gina.sees_row(&["Signed in", "Sam global_admin"]);
    // For Global admins only.
    browser.visit("/security").await;
    assert_eq!(browser.status(), StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn every_list_that_is_exported_is_recorded() {
    let portal = Portal::open().await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Portal operations", "DE").await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut ola = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    for path in ["/customers/export", "/resellers/export", "/activity/export"] {
        gina.visit(path).await;
    }
    ola.visit("/catalog/export").await;
    ola.visit("/security?kind=export").await;
    // The operator sees all organizations.
    for (list, organisation) in [
        ("Customers", "Harbor Distribution"),
        ("Indirect resellers", "Harbor Distribution"),
        ("Activity log", "Harbor Distribution"),
        ("Catalog", "Portal operations"),
    ] {
        ola.sees_row(&[&format!("List exported {list}"), organisation]);
    }
    gina.visit("/security").await;
    gina.sees_not("Portal operations");
}

#[actix_web::test]
async fn pages_of_the_log_follow_each_other() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.database.change(
        "INSERT INTO security_events (id, organisation_id, person_id, person_name, kind, detail, address, hour, times, first_at, last_at)
         SELECT a.n || '-' || b.n, o.id, 'somebody', 'Somebody ' || a.n || b.n, 'sign_in', '', a.n || '.' || b.n,
                '2026-01-01 10:00:00', 1, '2026-01-01 10:00:00', '2026-01-01 10:00:00'
         FROM (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) AS a,
              (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6) AS b, organisations AS o",
    );
    gina.visit("/security").await;
    gina.sees("Sam global_admin").sees("Somebody 56");
    gina.follow("Next").await;
    gina.sees("Somebody 11").sees_not("Somebody 56");
    gina.follow("Previous").await;
    gina.sees("Sam global_admin").sees("Somebody 56");
}
