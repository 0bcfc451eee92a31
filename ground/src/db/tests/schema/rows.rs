//! Rows go through the steps: those of the first tables are found again in the newest, and those that a step cannot take
//! are named.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use super::homes;
use crate::db::migrations::{POSTGRES, SQLITE, migrate_postgres, migrate_sqlite};

/// A provider, a reseller and a customer, with a row or two of everything around them, as the first step has it.
const ROWS: &str = include_str!("rows.sql");

/// Every table that has rows then, and what is read of them: nothing that a later step writes anew.
const KEPT: &[(&str, &str)] = &[
    ("organisations WHERE kind <> 'customer'", "id || name || kind || state || country || created_at"),
    ("locations", "id || organisation_id || name || mpn_id"),
    ("people WHERE id <> 'u'", "id || organisation_id || name || email || password_hash || state"),
    ("person_roles WHERE person_id <> 'u'", "person_id || role"),
    (
        "activity_records",
        "id || organisation_id || person_name || action || subject_name || changes || occurred_at",
    ),
    (
        "letters",
        "id || organisation_id || to_email || subject || body_text || body_html || attempts || due_at",
    ),
    ("partnership_requests", "id || provider_id || to_email || body || token_hash || state || expires_at"),
    ("partnerships", "id || provider_id || reseller_id || location_id || request_id || state || since"),
    (
        "customers",
        "id || provider_id || company_name || domain || address_line1 || email || agreement || created_at",
    ),
    ("customer_users", "id || customer_id || user_name"),
    ("delegations", "id || customer_id || reseller_id || provider_id || since"),
    ("offers", "id || name || category || unit || minimum || maximum || countries"),
    ("offer_prices", "offer_id || currency || monthly_minor || annual_minor"),
    ("offer_prerequisites", "add_on_id || base_id"),
    ("drafts", "id || provider_id || made_by || account || state || updated_at"),
    ("draft_lines", "draft_id || offer_id || quantity || billing"),
    (
        "orders",
        "id || number || provider_id || customer_id || draft_id || monthly_minor || annual_minor || placed_at",
    ),
    ("order_lines", "order_id || position || subscription_id || quantity || unit_price_minor"),
    (
        "subscriptions",
        "id || customer_id || order_id || offer_id || nickname || quantity || status || renews_on",
    ),
];

/// The step that first asks rows to be within bounds.
const BOUNDS: &str = "20261129000062";

#[derive(QueryableByName)]
struct Words {
    #[diesel(sql_type = Text)]
    text: String,
}

/// What is asked of either database.
trait Home: SimpleConnection {
    fn texts(&mut self, sql: &str) -> Vec<String>;
    /// Takes all steps before one.
    fn before(&mut self, step: &str);
    /// Takes all steps that are left, as a start does.
    fn migrated(&mut self) -> Result<usize, String>;
}

impl Home for SqliteConnection {
    fn texts(&mut self, sql: &str) -> Vec<String> {
        let words: Vec<Words> = sql_query(sql).load(self).unwrap_or_else(|error| panic!("{sql}: {error}"));
        words.into_iter().map(|words| words.text).collect()
    }

    fn before(&mut self, step: &str) {
        take_until(self, SQLITE, step);
    }

    fn migrated(&mut self) -> Result<usize, String> {
        migrate_sqlite(self).map_err(|error| error.to_string())
    }
}

impl Home for PgConnection {
    fn texts(&mut self, sql: &str) -> Vec<String> {
        let words: Vec<Words> = sql_query(sql).load(self).unwrap_or_else(|error| panic!("{sql}: {error}"));
        words.into_iter().map(|words| words.text).collect()
    }

    fn before(&mut self, step: &str) {
        take_until(self, POSTGRES, step);
    }

    fn migrated(&mut self) -> Result<usize, String> {
        migrate_postgres(self).map_err(|error| error.to_string())
    }
}

fn take_until<C>(connection: &mut C, source: EmbeddedMigrations, step: &str)
where
    C: diesel::Connection + MigrationHarness<C::Backend>,
{
    for next in connection.pending_migrations(source).unwrap() {
        if next.name().version().to_string() == step {
            break;
        }
        connection.run_migration(&next).unwrap();
    }
}

fn kept(home: &mut impl Home) -> Vec<(&'static str, Vec<String>)> {
    let read = |(table, columns): &(&'static str, &str)| {
        (*table, home.texts(&format!("SELECT {columns} AS text FROM {table} ORDER BY 1")))
    };
    KEPT.iter().map(read).collect()
}

/// Fills the tables of the first step, and finds everything again after the last.
fn goes_through(mut home: impl Home) {
    home.before("20261121000002");
    home.batch_execute(ROWS).unwrap();
    let before = kept(&mut home);
    assert!(before.iter().all(|(_, rows)| !rows.is_empty()), "{before:?}");
    assert!(home.migrated().unwrap() > 20);
    assert_eq!(kept(&mut home), before);
    assert_eq!(
        home.texts(
            "SELECT id || kind || name || currency || state AS text FROM organisations WHERE id = 'c'"
        ),
        ["ccustomerWörnerEURenrolled"],
        "a customer's company is an organisation"
    );
    assert_eq!(
        home.texts(
            "SELECT people.organisation_id || people.name || people.email || people.password_hash || role AS text
             FROM people JOIN person_roles ON person_roles.person_id = people.id
             JOIN customer_users ON customer_users.person_id = people.id
             JOIN customers ON tenant_id = people.organisation_id"
        ),
        ["cWim Wörneradmin@woernerhash-uglobal_admin"],
        "its first user signs in as before"
    );
    assert_eq!(home.texts("SELECT provider_id || year || last AS text FROM order_numbers"), ["p202612"]);
    assert_eq!(
        home.texts("SELECT id || state AS text FROM letters ORDER BY id"),
        ["l1waiting", "l2sent", "l3failed", "l4withdrawn"],
        "a letter without a text had been taken back"
    );
}

/// Three rows are out of bounds: a start names them, and takes no step.
fn is_told_what_is_out_of_bounds(mut home: impl Home) {
    home.before("20261121000002");
    home.batch_execute(ROWS).unwrap();
    home.before(BOUNDS);
    home.batch_execute(
        "UPDATE offers SET minimum = 0 WHERE id = 'o2';
         UPDATE offer_prices SET annual_minor = -1 WHERE offer_id = 'o1';
         UPDATE order_lines SET quantity = 0",
    )
    .unwrap();
    let told = home.migrated().unwrap_err();
    for row in [
        "offers_minimum_check demands minimum >= 1, but these rows break it: (offers: id = o2)",
        "(offer_prices: offer_id = o1, currency = EUR)",
        "order_lines_quantity_check demands quantity BETWEEN 1 AND 9999999999, but these rows break it: \
         (order_lines: order_id = r1, position = 1)",
    ] {
        assert!(told.contains(row), "{told}");
    }
    assert!(told.contains(BOUNDS) && !told.contains("subscriptions"), "{told}");
    home.batch_execute(
        "UPDATE offers SET minimum = 1 WHERE id = 'o2';
         UPDATE offer_prices SET annual_minor = 0 WHERE offer_id = 'o1';
         UPDATE order_lines SET quantity = 1",
    )
    .unwrap();
    assert!(home.migrated().unwrap() > 1);
}

#[test]
fn rows_go_through_every_step_on_sqlite() {
    goes_through(homes::sqlite());
}

#[test]
fn rows_go_through_every_step_on_postgres() {
    if let Some(home) = homes::postgres() {
        goes_through(home);
    }
}

#[test]
fn rows_that_a_step_cannot_take_are_named_on_sqlite() {
    is_told_what_is_out_of_bounds(homes::sqlite());
}

#[test]
fn rows_that_a_step_cannot_take_are_named_on_postgres() {
    if let Some(home) = homes::postgres() {
        is_told_what_is_out_of_bounds(home);
    }
}
