//! Brings a database up to the tables that this binary knows. Both sets are in the binary.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::{Connection, Db};
use crate::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Runs what has not run yet and answers how many steps that were.
///
/// # Errors
/// When a step fails or the database was made by a newer binary.
pub async fn run(db: &Db) -> Result<usize> {
    // A step over large tables may take minutes, and another instance may be taking it.
    let patient = db.patient();
    let migrated = patient.read(|connection| {
        let steps = match connection {
            Connection::Sqlite(sqlite) => sqlite.run_pending_migrations(SQLITE).map(|steps| steps.len()),
            Connection::Postgres(postgres) => migrate_postgres(postgres),
        };
        steps.map_err(|error| Error::Internal(anyhow::anyhow!("migration failed: {error}")))
    });
    migrated.await
}

/// Several instances may start at once on one PostgreSQL: the first one migrates, the others wait.
fn migrate_postgres(connection: &mut diesel::PgConnection) -> diesel::migration::Result<usize> {
    use diesel::connection::SimpleConnection as _;
    const LOCK: i64 = 7_320_118;
    connection.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let steps = connection.run_pending_migrations(POSTGRES).map(|steps| steps.len());
    connection.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    steps
}
