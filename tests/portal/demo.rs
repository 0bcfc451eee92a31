//! The demonstration: it fills an empty database, the same each time, and everybody in it can sign in.

mod existing;
mod kinds;
mod uploads;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use twotier::access::OrganisationKind;
use twotier::config::Demo;
use twotier::db::schema::{organisations, people};
use twotier::db::{Connection, Db};
use twotier::demo;
use twotier::values::moment::Moment;
use twotier::values::password::{PasswordHash, Turns};

use crate::support::database::Database;
use crate::support::portal::{PASSWORD, Portal};

const SUFFIX: &str = "onmicrosoft.com";

fn wanted(customers: u32) -> Demo {
    Demo { customers, password: Some("demonstration-1".into()), fill_only: true }
}

/// 21 November 2026, at noon.
fn noon() -> Moment {
    Moment::from_unix(1_795_262_400)
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

async fn lines(db: &Db, sql: &'static str) -> Vec<String> {
    let load = move |conn: &mut Connection| Ok(diesel::sql_query(sql).load::<Line>(conn)?);
    db.read(load).await.expect("the query works").into_iter().map(|line| line.line).collect()
}

async fn count(db: &Db, from: &str) -> i64 {
    let sql = format!("SELECT count(*) AS count FROM {from}");
    let load = move |conn: &mut Connection| Ok(diesel::sql_query(sql).get_result::<Count>(conn)?);
    db.read(load).await.expect("the query works").count
}

/// Every table that a person can see, as text.
const DUMPS: [&str; 11] = [
    "SELECT id || kind || position || customer_name AS line FROM notifications ORDER BY id",
    "SELECT id || name || country AS line FROM organisations ORDER BY id",
    "SELECT id || company_name || domain || email || phone || created_at AS line FROM customers ORDER BY id",
    "SELECT number || customer_id || monthly_minor || placed_at AS line FROM orders ORDER BY number, id",
    "SELECT id || nickname || quantity || status || mpn_id || renews_on AS line FROM subscriptions ORDER BY id",
    "SELECT id || action || changes || occurred_at AS line FROM activity_records ORDER BY id",
    "SELECT id || to_email || state || token_hash AS line FROM partnership_requests ORDER BY id",
    "SELECT id || account AS line FROM drafts ORDER BY id",
    "SELECT id || form || state || token_hash AS line FROM enrolments ORDER BY id",
    "SELECT id || company_name || to_email || state || token_hash AS line FROM agreement_requests ORDER BY id",
    "SELECT batch_id || cells || verdict || result || why AS line FROM batch_rows ORDER BY batch_id, number",
];

#[actix_web::test]
async fn the_demonstration_is_the_same_each_time() {
    let (one, other) = (Database::migrated().await, Database::migrated().await);
    let (one, other) = (one.open(), other.open());
    for db in [&one, &other] {
        demo::fill(db, &wanted(300), SUFFIX, noon()).await.expect("it is filled");
    }
    for dump in DUMPS {
        let dumped = lines(&one, dump).await;
        assert!(!dumped.is_empty(), "{dump}");
        assert_eq!(dumped, lines(&other, dump).await);
    }
}

#[actix_web::test]
async fn a_thousand_customers_begin_with_the_same_three_hundred() {
    let (few, many) = (Database::migrated().await, Database::migrated().await);
    let (few, many) = (few.open(), many.open());
    demo::fill(&few, &wanted(300), SUFFIX, noon()).await.expect("it is filled");
    demo::fill(&many, &wanted(1000), SUFFIX, noon()).await.expect("it is filled");
    let names = "SELECT id || company_name || domain AS line FROM customers ORDER BY id LIMIT 300";
    assert_eq!(lines(&few, names).await, lines(&many, names).await);
    let beside = "customers c JOIN organisations o ON o.id = c.provider_id WHERE o.name <> 'Kestrel Cloud'";
    assert_eq!(count(&many, beside).await, 1000);
}

#[actix_web::test]
async fn what_belongs_together_fits_together() {
    let database = Database::migrated().await;
    let db = database.open();
    demo::fill(&db, &wanted(1000), SUFFIX, Moment::now()).await.expect("it is filled");
    for none in [
        "subscriptions s JOIN customers c ON c.id = s.customer_id WHERE s.provider_id <> c.provider_id",
        "subscriptions s JOIN orders o ON o.id = s.order_id WHERE s.customer_id <> o.customer_id",
        "subscriptions s JOIN subscriptions b ON b.id = s.parent_id WHERE b.customer_id <> s.customer_id
             OR b.status <> s.status OR b.renews_on <> s.renews_on",
        "subscriptions s JOIN offers o ON o.id = s.offer_id WHERE s.quantity < o.minimum OR s.quantity > o.maximum",
        "subscriptions s JOIN offers o ON o.id = s.offer_id WHERE o.is_add_on AND s.parent_id IS NULL",
        "subscriptions s JOIN locations l ON l.mpn_id = s.mpn_id WHERE l.is_head_office",
        "order_lines l JOIN subscriptions s ON s.id = l.subscription_id WHERE s.order_id <> l.order_id",
        "orders o JOIN customers c ON c.id = o.customer_id WHERE o.placed_at < c.created_at",
        "delegations d JOIN partnerships p ON p.reseller_id = d.reseller_id AND p.provider_id = d.provider_id
             WHERE d.since < p.since",
        "agreement_requests r JOIN customers c ON c.id = r.customer_id WHERE c.provider_id <> r.provider_id
             OR c.company_name <> r.company_name OR (r.state = 'accepted') <> (c.agreement = 'accepted' AND c.agreement_attested_by IS NULL)",
        "agreement_requests WHERE created_at > CURRENT_TIMESTAMP OR answered_at < created_at",
        "customer_requests r JOIN customers c ON c.id = r.customer_id WHERE c.provider_id <> r.provider_id
             OR c.company_name <> r.company_name OR c.created_at <> r.answered_at",
        "customer_requests WHERE created_at > CURRENT_TIMESTAMP OR answered_at < created_at",
        "orders WHERE placed_at > CURRENT_TIMESTAMP",
        "orders WHERE placed_at > cancellable_until",
        "subscriptions s JOIN orders o ON o.id = s.order_id WHERE o.state = 'cancelled' AND s.status <> 'deleted'",
        "customers WHERE name_key = ''",
        "qualification_reviews r JOIN customers c ON c.id = r.customer_id
             WHERE r.asked_at < c.created_at OR (r.state = 'approved') <> (c.qualification = 'education')",
        "validation_codes v WHERE used <> (SELECT count(*) FROM validation_code_uses u WHERE u.code_id = v.id)",
        "customers c WHERE qualification = 'government'
             AND NOT EXISTS (SELECT 1 FROM validation_code_uses u WHERE u.customer_id = c.id)",
        "customers c WHERE (ended_at IS NOT NULL) <> EXISTS
             (SELECT 1 FROM endings e WHERE e.customer_id = c.id AND e.state = 'ended' AND e.ended_at = c.ended_at)",
        "delegations d JOIN customers c ON c.id = d.customer_id WHERE c.ended_at IS NOT NULL AND d.ended_at IS NULL",
        "subscriptions s JOIN customers c ON c.id = s.customer_id
             WHERE c.ended_at IS NOT NULL AND s.status IN ('active', 'pending')",
        "drafts d JOIN customers c ON c.id = d.customer_id WHERE c.ended_at IS NOT NULL AND d.state = 'open'",
        "endings e WHERE e.state = 'refused'
             AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.customer_id = e.customer_id AND s.status = 'active')",
        "endings e JOIN delegations d ON d.customer_id = e.customer_id WHERE e.state = 'reinstated' AND e.consent_on IS NULL
             AND d.ended_at IS NULL",
        "drafts WHERE state = 'open' AND customer_id IS NULL AND domain IS NULL",
        "batches WHERE uploaded_at > CURRENT_TIMESTAMP OR applied_at < uploaded_at OR settled_at < applied_at",
        "batches b WHERE EXISTS (SELECT 1 FROM batch_rows r WHERE r.batch_id = b.id)
             AND row_count <> (SELECT count(*) FROM batch_rows r WHERE r.batch_id = b.id)",
        "batches b WHERE EXISTS (SELECT 1 FROM batch_rows r WHERE r.batch_id = b.id) AND tally NOT LIKE '%\"added\":' ||
             CAST((SELECT count(*) FROM batch_rows r WHERE r.batch_id = b.id AND r.result = 'added') AS TEXT) || ',%'",
        "batch_rows r JOIN batches b ON b.id = r.batch_id WHERE r.result IN ('added', 'changed')
             AND NOT EXISTS (SELECT 1 FROM customer_users u WHERE u.id = r.made_id AND u.customer_id = b.customer_id)",
        "batch_rows WHERE verdict = 'refused' AND why = ''",
        "activity_records WHERE occurred_at > CURRENT_TIMESTAMP",
        "notifications WHERE position IS NULL",
        "digests WHERE due_at IS NOT NULL",
        "order_numbers n WHERE last <> (SELECT count(*) FROM orders o
             WHERE o.provider_id = n.provider_id AND o.number LIKE 'TT-' || CAST(n.year AS TEXT) || '-%')",
    ] {
        assert_eq!(count(&db, none).await, 0, "{none}");
    }
}

#[actix_web::test]
async fn a_database_that_holds_anything_is_refused() {
    let database = Database::migrated().await;
    let db = database.open();
    demo::fill(&db, &wanted(1), SUFFIX, noon()).await.expect("it is filled");
    let refused = demo::fill(&db, &wanted(1), SUFFIX, noon()).await.expect_err("it is refused");
    assert!(refused.to_string().contains("not empty"), "{refused}");
    let portal = Portal::open().await;
    assert!(demo::fill(&portal.db, &wanted(1), SUFFIX, noon()).await.is_err());
}

#[actix_web::test]
async fn every_account_signs_in_with_the_one_password() {
    let portal = Portal::open().await;
    portal.query(|conn| Ok(diesel::delete(organisations::table).execute(conn)?)).await;
    let password = demo::fill(&portal.db, &wanted(40), SUFFIX, Moment::now()).await.expect("it is filled");
    assert_eq!(password, "demonstration-1");
    for email in [
        "global.admin@harbor.example",
        "user.admin@harbor.example",
        "admin.agent@harbor.example",
        "sales.agent@harbor.example",
        "helpdesk.agent@harbor.example",
        "billing.admin@harbor.example",
        "owner@brightwater.example",
        "owner@newleaf.example",
        "global.admin@summit.example",
        "operator@twotier.example",
    ] {
        let mut browser = portal.browser();
        browser.visit("/sign-in").await;
        browser.fill("Email address", email).fill("Password", &password).press("Sign in").await;
        browser.sees("Sign out");
        browser.visit("/activity").await;
        browser.sees_heading("Activity log");
    }
    // Who was mailed a link has no password yet.
    let all = people::table.filter(people::invited_at.is_null()).select(people::password_hash).distinct();
    let hashes: Vec<PasswordHash> = portal.query(move |conn| Ok(all.load(conn)?)).await;
    let turn = Turns::default().take_now().unwrap();
    assert!(hashes.iter().all(|hash| hash.matches(&password, &turn)));
}

#[actix_web::test]
async fn what_waits_for_the_operator_can_be_approved() {
    let portal = Portal::open().await;
    portal.query(|conn| Ok(diesel::delete(organisations::table).execute(conn)?)).await;
    let password = demo::fill(&portal.db, &wanted(40), SUFFIX, Moment::now()).await.expect("it is filled");
    let mut robin = portal.browser();
    robin.visit("/sign-in").await;
    robin
        .fill("Email address", "operator@twotier.example")
        .fill("Password", &password)
        .press("Sign in")
        .await;
    robin.follow("2 companies wait for your decision").await;
    robin.sees_heading("Enrollments").sees("2 enrollments wait for a decision");
    for company in ["Fernhill Systems GmbH", "Lakeland Distribution GmbH"] {
        robin.visit("/operator/enrolments").await;
        robin.follow(company).await;
        robin.press("Approve").await;
        robin.sees(&format!("{company} is enrolled."));
    }
    portal.carry_mail().await;
}

#[actix_web::test]
async fn harbor_and_summit_are_in_different_regions() {
    let database = Database::migrated().await;
    let db = database.open();
    demo::fill(&db, &wanted(60), SUFFIX, noon()).await.expect("it is filled");
    let names = |conn: &mut Connection| {
        let providers = organisations::table.filter(organisations::kind.eq(OrganisationKind::Provider));
        let columns = (organisations::name, organisations::country, organisations::currency);
        Ok(providers.order(organisations::name).select(columns).load::<(String, String, String)>(conn)?)
    };
    let providers = db.read(names).await.expect("the query works");
    let text = |name: &str, country: &str, currency: &str| (name.into(), country.into(), currency.into());
    let expected: [(String, String, String); 3] = [
        text("Harbor Distribution", "DE", "EUR"),
        text("Kestrel Cloud", "DE", "EUR"),
        text("Summit Cloud Distribution", "US", "USD"),
    ];
    assert_eq!(providers, expected);
    assert_eq!(
        count(&db, "customers c JOIN organisations o ON o.id = c.provider_id WHERE o.name LIKE 'Summit%'")
            .await,
        3
    );
}

#[actix_web::test]
async fn customers_sign_in_and_two_have_taken_delegated_admin_away() {
    let portal = Portal::demonstration(60, PASSWORD).await;
    let user_name = |which: &str| {
        let admin = "SELECT people.email AS text FROM people JOIN customers ON tenant_id = organisation_id WHERE people.email LIKE 'admin@%' AND ";
        portal.database.texts(&format!("{admin}{which}")).remove(0)
    };
    let mut customer = portal.signed_in(&user_name("undelegated_at IS NOT NULL")).await;
    customer.visit("/").await;
    customer.sees_heading("Harbor Distribution").sees("You took delegated admin from it on");
    let revoked = "customers.id IN (SELECT customer_id FROM delegations WHERE is_revoked)";
    let mut customer = portal.signed_in(&user_name(revoked)).await;
    customer.visit("/").await;
    customer
        .sees("Your indirect reseller, with Harbor Distribution.")
        .sees("You took delegated admin from it on");
}
