//! Empty databases to migrate.

use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

/// A SQLite database in memory.
pub fn sqlite() -> SqliteConnection {
    let mut connection = SqliteConnection::establish(":memory:").unwrap();
    connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
    connection
}

/// A schema of PostgreSQL in a transaction that is never committed, if `TEST_DATABASE_URL` says where.
pub fn postgres() -> Option<PgConnection> {
    let server = std::env::var("TEST_DATABASE_URL").ok()?;
    let mut connection = PgConnection::establish(&server).unwrap();
    connection.begin_test_transaction().unwrap();
    // The lock of whoever makes test databases: the extension is for all of them.
    let home = "SET client_min_messages = warning; SELECT pg_advisory_xact_lock(7320119, -1);
        CREATE SCHEMA steps_of_twotier; SET LOCAL search_path = steps_of_twotier, public";
    connection.batch_execute(home).unwrap();
    Some(connection)
}

#[derive(QueryableByName)]
struct Left {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Whatever is not SQLite's or diesel's own.
pub fn left_in_sqlite(connection: &mut SqliteConnection) -> Vec<String> {
    let left = "SELECT name FROM sqlite_schema
        WHERE substr(tbl_name, 1, 7) <> 'sqlite_' AND substr(tbl_name, 1, 8) <> '__diesel'";
    let left: Vec<Left> = sql_query(left).load(connection).unwrap();
    left.into_iter().map(|left| left.name).collect()
}

/// Tables, views, indexes and sequences that are not diesel's own.
pub fn left_in_postgres(connection: &mut PgConnection) -> Vec<String> {
    let left = "SELECT relname::text AS name FROM pg_class
        WHERE relnamespace = current_schema()::text::regnamespace AND relname NOT LIKE '\\_\\_diesel%'";
    let left: Vec<Left> = sql_query(left).load(connection).unwrap();
    left.into_iter().map(|left| left.name).collect()
}
