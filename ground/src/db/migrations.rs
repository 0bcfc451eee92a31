//! Brings a database up to the tables that this binary knows. Both sets are in the binary.

mod demands;

use anyhow::{Context as _, anyhow};
use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::migration::{MigrationSource, MigrationVersion, Result as Answer};
use diesel::prelude::*;
use diesel::sql_types::Integer;
use diesel::sqlite::Sqlite;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Connection, Db, EitherConnection};
use crate::error::{Error, Result};

pub(super) const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
pub(super) const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// How long another process may take for its steps.
const PATIENCE_MS: i32 = 10 * 60 * 1000;

diesel::table! {
    /// Where diesel keeps which steps a database has gone through.
    #[sql_name = "__diesel_schema_migrations"]
    steps (version) {
        version -> Text,
    }
}

/// Runs what has not run yet and answers how many steps that were: all of them, or none when one fails.
///
/// # Errors
/// When a step fails or the database was made by a newer binary.
pub async fn run(db: &Db) -> Result<usize> {
    // A step over large tables may take minutes, and another instance may be taking it.
    let patient = db.patient();
    let migrated = patient.maintain(|connection| {
        let steps = match connection.either() {
            EitherConnection::Sqlite(sqlite) => migrate_sqlite(sqlite),
            EitherConnection::Postgres(postgres) => migrate_postgres(postgres),
        };
        steps.map_err(|error| match error.downcast::<Newer>() {
            Ok(newer) => Error::Internal((*newer).into()),
            Err(error) => Error::Internal(anyhow!("migration failed: {error}")),
        })
    });
    migrated.await
}

/// The steps that a database has gone through.
///
/// # Errors
/// When it has gone through none, since it holds no tables of the portal.
pub fn steps_of(connection: &mut Connection) -> anyhow::Result<Vec<String>> {
    let all = steps::table.order(steps::version).select(steps::version);
    all.load(connection).context("it holds no portal's data")
}

/// Refuses steps that this binary does not know: it would work with tables that mean something else to it.
///
/// # Errors
/// Names the first one that is unknown.
pub fn refuse_newer(steps: &[String]) -> std::result::Result<(), Newer> {
    let known = known_steps();
    match steps.iter().find(|step| !known.contains(step)) {
        Some(unknown) => {
            Err(Newer { unknown: unknown.clone(), last: known.last().cloned().unwrap_or_default() })
        }
        None => Ok(()),
    }
}

/// A database that a newer binary has been at.
#[derive(Debug, thiserror::Error)]
#[error(
    "the database is newer than this twotier: it has gone through step {unknown}, and {last} is the last one known here; \
     start the newer twotier, or restore a backup that was made before"
)]
pub struct Newer {
    unknown: String,
    last: String,
}

/// Both databases have the same steps.
fn known_steps() -> Vec<String> {
    let all = MigrationSource::<Sqlite>::migrations(&SQLITE).unwrap_or_default();
    let mut steps: Vec<_> = all.iter().map(|step| step.name().version().to_string()).collect();
    steps.sort();
    steps
}

/// Another process may be at it: then this one waits, and finds everything done.
pub(super) fn migrate_sqlite(connection: &mut SqliteConnection) -> Answer<usize> {
    let query = sql::<Integer>("SELECT timeout FROM pragma_busy_timeout");
    let usual: i32 = query.get_result(connection)?;
    connection.batch_execute(&format!("PRAGMA busy_timeout = {PATIENCE_MS}"))?;
    let steps = migrate_patiently(connection);
    connection.batch_execute(&format!("PRAGMA busy_timeout = {usual}"))?;
    steps
}

fn migrate_patiently(connection: &mut SqliteConnection) -> Answer<usize> {
    refuse_newer(&gone_through(&connection.applied_migrations()?))?;
    if !connection.has_pending_migration(SQLITE)? {
        return Ok(0);
    }
    connection.immediate_transaction(|connection| take_steps(connection, SQLITE))
}

/// Several instances may start at once on one PostgreSQL: the first one migrates, the others wait.
pub(super) fn migrate_postgres(connection: &mut PgConnection) -> Answer<usize> {
    const LOCK: i64 = 7_320_118;
    connection.transaction(|connection| {
        // However long a query may take otherwise, a step takes the time that it takes.
        connection.batch_execute(&format!(
            "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({LOCK})"
        ))?;
        refuse_newer(&gone_through(&connection.applied_migrations()?))?;
        take_steps(connection, POSTGRES)
    })
}

/// One after the other, each only if the rows are as it demands.
fn take_steps<C>(connection: &mut C, source: EmbeddedMigrations) -> Answer<usize>
where
    C: diesel::Connection + MigrationHarness<C::Backend> + demands::Asked,
{
    let steps = connection.pending_migrations(source)?;
    for step in &steps {
        demands::check(connection, &step.name().version().to_string())?;
        connection.run_migration(step)?;
    }
    Ok(steps.len())
}

fn gone_through(steps: &[MigrationVersion<'_>]) -> Vec<String> {
    let mut steps: Vec<_> = steps.iter().map(ToString::to_string).collect();
    steps.sort();
    steps
}
