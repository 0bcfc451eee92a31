//! A database of its own for every test: a SQLite file, or a PostgreSQL schema if `TEST_DATABASE_URL` says where.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::{PgConnection, SqliteConnection, sql_query};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use twotier::db::{Db, migrations};

/// The advisory locks of test runs: this number and the number of the run.
const LOCKS: i32 = 7_320_119;

/// Dropped, it takes its file or schema with it.
pub struct Database {
    pub url: String,
    home: Home,
}

enum Home {
    File(TempDir),
    Schema(String),
}

impl Database {
    /// With no tables yet: for a server that makes them itself.
    pub fn empty() -> Database {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) => Database::schema(&server),
            Err(_) => Database::file(None),
        }
    }

    /// With all tables.
    pub async fn migrated() -> Database {
        /// Migrated once a process; every test writes a copy of it.
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        if std::env::var("TEST_DATABASE_URL").is_err() {
            return Database::file(Some(TEMPLATE.get_or_init(template).await));
        }
        let database = Database::empty();
        migrate(&database.url).await;
        database
    }

    pub fn open(&self) -> Db {
        open(&self.url)
    }

    /// Asks one number of the database, beside everything that the portal does.
    pub fn number(&self, sql: &str) -> i64 {
        let query = sql_query(format!("SELECT CAST(({sql}) AS BIGINT) AS number"));
        let number: QueryResult<Number> = match &self.home {
            Home::File(_) => query.get_result(&mut sqlite(self.url.trim_start_matches("sqlite://"))),
            Home::Schema(_) => query.get_result(&mut postgres(&self.url)),
        };
        number.unwrap_or_else(|error| panic!("{sql}: {error}")).number
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.home, Home::File(_))
    }

    /// Changes rows behind the portal's back, to make time pass.
    pub fn change(&self, sql: &str) {
        let changed = match &self.home {
            Home::File(_) => sql_query(sql).execute(&mut sqlite(self.url.trim_start_matches("sqlite://"))),
            Home::Schema(_) => sql_query(sql).execute(&mut postgres(&self.url)),
        };
        let rows = changed.unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert!(rows > 0, "no row was changed: {sql}");
    }

    /// Asks for a column called `text`, beside everything that the portal does.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        let query = sql_query(sql);
        let words: QueryResult<Vec<Words>> = match &self.home {
            Home::File(_) => query.load(&mut sqlite(self.url.trim_start_matches("sqlite://"))),
            Home::Schema(_) => query.load(&mut postgres(&self.url)),
        };
        let words = words.unwrap_or_else(|error| panic!("{sql}: {error}"));
        words.into_iter().map(|word| word.text).collect()
    }

    fn file(content: Option<&Vec<u8>>) -> Database {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let path = folder.path().join("portal.db");
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        Database { url: format!("sqlite://{}", path.display()), home: Home::File(folder) }
    }

    fn schema(server: &str) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let keeper = Keeper::of(server);
        let schema = format!("test_{}_{}", keeper.run, COUNT.fetch_add(1, Ordering::Relaxed));
        run(&mut *keeper.connection(), &format!("CREATE SCHEMA {schema}"));
        let sign = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{sign}options=-c%20search_path%3D{schema}%2Cpublic");
        Database { url, home: Home::Schema(schema) }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let (Home::Schema(schema), Some(keeper)) = (&self.home, KEEPER.get()) {
            // If something still uses it, a later run sweeps it out.
            let _ = keeper.connection().batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

/// The two places where the suite leans on the portal's own database module.
fn open(url: &str) -> Db {
    Db::open(url).unwrap_or_else(|error| panic!("the test database does not open: {error:#}"))
}

async fn migrate(url: &str) {
    let migrated = migrations::run(&open(url)).await;
    migrated.unwrap_or_else(|error| panic!("the test database cannot be migrated: {error:?}"));
}

async fn template() -> Vec<u8> {
    let database = Database::file(None);
    migrate(&database.url).await;
    let Home::File(folder) = &database.home else { unreachable!("file() makes files") };
    // One whole file, whatever still stands in the write-ahead log.
    let copy = folder.path().join("template.db");
    let mut connection = sqlite(database.url.trim_start_matches("sqlite://"));
    run(&mut connection, &format!("VACUUM INTO '{}'", copy.display()));
    std::fs::read(&copy).unwrap_or_else(|error| panic!("{}: {error}", copy.display()))
}

static KEEPER: OnceLock<Keeper> = OnceLock::new();

/// Makes and drops the schemas of this run. It holds an advisory lock for as long as the process lives, so that
/// the next run can tell schemas in use from those that a killed run left behind.
struct Keeper {
    connection: Mutex<PgConnection>,
    run: i32,
}

impl Keeper {
    fn of(server: &str) -> &'static Keeper {
        KEEPER.get_or_init(|| {
            let (mut connection, run) = (postgres(server), rand::random_range(0..i32::MAX));
            self::run(&mut connection, &format!("SELECT pg_advisory_lock({LOCKS}, {run})"));
            // Once, and one process after the other: two at a time would collide.
            self::run(&mut connection, &format!("SELECT pg_advisory_lock({LOCKS}, -1)"));
            self::run(&mut connection, "CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public");
            sweep(&mut connection, run);
            self::run(&mut connection, &format!("SELECT pg_advisory_unlock({LOCKS}, -1)"));
            self::run(&mut connection, "SET lock_timeout = '10s'; SET client_min_messages = 'warning'");
            Keeper { connection: Mutex::new(connection), run }
        })
    }

    fn connection(&self) -> MutexGuard<'_, PgConnection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the schemas of runs that are over.
fn sweep(connection: &mut PgConnection, own_run: i32) {
    let schemas =
        sql_query("SELECT nspname::text AS name FROM pg_namespace WHERE nspname ~ '^test_[0-9]+_[0-9]+$'");
    let schemas: Vec<Name> =
        schemas.load(connection).unwrap_or_else(|error| panic!("no list of schemas: {error}"));
    for Name { name } in schemas {
        let run_of_it = name.split('_').nth(1).unwrap_or_default();
        if run_of_it == own_run.to_string() {
            continue;
        }
        let lock = sql_query(format!("SELECT pg_try_advisory_lock({LOCKS}, {run_of_it}) AS is_so"));
        if lock.get_result::<Answer>(connection).is_ok_and(|answer| answer.is_so) {
            run(connection, &format!("DROP SCHEMA IF EXISTS {name} CASCADE"));
            run(connection, &format!("SELECT pg_advisory_unlock({LOCKS}, {run_of_it})"));
        }
    }
}

#[derive(QueryableByName)]
struct Words {
    #[diesel(sql_type = Text)]
    text: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    is_so: bool,
}

fn sqlite(path: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    // A portal may be writing just then.
    run(&mut connection, "PRAGMA busy_timeout = 10000");
    connection
}

fn postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|error| panic!("TEST_DATABASE_URL: {error}"))
}

fn run(connection: &mut impl SimpleConnection, sql: &str) {
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}
