//! A database of its own for every test: a SQLite file, or one on the PostgreSQL server that `TEST_DATABASE_URL` names.
//! Copied from one that was migrated once: running all migrations for each took a third of all time.

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

/// Dropped, it takes its file or what is on the server with it.
pub struct Database {
    pub url: String,
    home: Home,
}

enum Home {
    File(TempDir),
    /// The name that it has on the server.
    Server(String),
}

impl Database {
    /// With no tables yet: for a server that makes them itself.
    pub fn empty() -> Database {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) => Database::on(&server, None),
            Err(_) => Database::file(None),
        }
    }

    /// With all tables.
    pub async fn migrated() -> Database {
        /// Migrated once a process; every test writes a copy of it.
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            static MIGRATED: OnceCell<String> = OnceCell::const_new();
            let template = MIGRATED.get_or_init(|| template_on(&server)).await;
            return Database::on(&server, Some(template));
        }
        Database::file(Some(TEMPLATE.get_or_init(template).await))
    }

    pub fn open(&self) -> Db {
        open(&self.url)
    }

    /// Asks one number of the database, beside everything that the portal does.
    pub fn number(&self, sql: &str) -> i64 {
        let query = sql_query(format!("SELECT CAST(({sql}) AS BIGINT) AS number"));
        let number: QueryResult<Number> = match &self.home {
            Home::File(_) => query.get_result(&mut sqlite(self.url.trim_start_matches("sqlite://"))),
            Home::Server(_) => query.get_result(&mut postgres(&self.url)),
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
            Home::Server(_) => sql_query(sql).execute(&mut postgres(&self.url)),
        };
        let rows = changed.unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert!(rows > 0, "no row was changed: {sql}");
    }

    /// Asks for a column called `text`, beside everything that the portal does.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        let query = sql_query(sql);
        let words: QueryResult<Vec<Words>> = match &self.home {
            Home::File(_) => query.load(&mut sqlite(self.url.trim_start_matches("sqlite://"))),
            Home::Server(_) => query.load(&mut postgres(&self.url)),
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

    fn on(server: &str, template: Option<&str>) -> Database {
        let name = Keeper::of(server).create(template);
        Database { url: address(server, &name), home: Home::Server(name) }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let (Home::Server(name), Some(keeper)) = (&self.home, KEEPER.get()) {
            // If something still uses it, a later run sweeps it out.
            let _ = keeper.connection().batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
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

/// A database on the server with all tables, which nobody is connected to. It is swept out by a later run, or goes with
/// the server.
async fn template_on(server: &str) -> String {
    let name = Keeper::of(server).create(None);
    migrate(&address(server, &name)).await;
    let used = format!("SELECT count(*) AS number FROM pg_stat_activity WHERE datname = '{name}'");
    let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    let mut connection = postgres(server);
    loop {
        let used = sql_query(&used).get_result::<Number>(&mut connection);
        if used.unwrap_or_else(|error| panic!("nobody knows who uses the template: {error}")).number == 0 {
            return name;
        }
        run(&mut connection, &end);
    }
}

/// Where a database on the server is.
fn address(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).unwrap_or_else(|error| panic!("TEST_DATABASE_URL: {error}"));
    url.set_path(name);
    url.into()
}

static KEEPER: OnceLock<Keeper> = OnceLock::new();

/// Makes and drops the databases of this run on the server. It holds an advisory lock for as long as the process lives, so
/// that the next run can tell those in use from what a killed run left behind.
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
            sweep(&mut connection, run);
            self::run(&mut connection, &format!("SELECT pg_advisory_unlock({LOCKS}, -1)"));
            self::run(&mut connection, "SET lock_timeout = '10s'; SET client_min_messages = 'warning'");
            Keeper { connection: Mutex::new(connection), run }
        })
    }

    /// With what is in the template; without one, empty.
    fn create(&self, template: Option<&str>) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", self.run, COUNT.fetch_add(1, Ordering::Relaxed));
        let of = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
        run(&mut *self.connection(), &format!("CREATE DATABASE {name}{of}"));
        name
    }

    fn connection(&self) -> MutexGuard<'_, PgConnection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops the databases of runs that are over.
fn sweep(connection: &mut PgConnection, own_run: i32) {
    let all =
        sql_query("SELECT datname::text AS name FROM pg_database WHERE datname ~ '^test_[0-9]+_[0-9]+$'");
    let all: Vec<Name> = all.load(connection).unwrap_or_else(|error| panic!("no list of databases: {error}"));
    for Name { name } in all {
        let run_of_it = name.split('_').nth(1).unwrap_or_default();
        if run_of_it == own_run.to_string() {
            continue;
        }
        let lock = sql_query(format!("SELECT pg_try_advisory_lock({LOCKS}, {run_of_it}) AS is_so"));
        if lock.get_result::<Answer>(connection).is_ok_and(|answer| answer.is_so) {
            run(connection, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
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
