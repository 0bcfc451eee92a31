//! A database for each test: nothing is shared, so stories run side by side in any order.
//! SQLite is a copy of one migrated file; with `TEST_DATABASE_URL=postgres://…` each test has a schema.

use std::path::PathBuf;
use std::sync::OnceLock;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use tempfile::TempDir;
use twotier::db::{Db, migrations};

/// A database that goes away with the test.
pub struct Database {
    pub db: Db,
    /// What the setting `DATABASE_URL` would be.
    pub url: String,
    _kept: Kept,
}

#[expect(dead_code, reason = "held for what happens when they are dropped")]
enum Kept {
    Folder(TempDir),
    Schema(Schema),
}

struct Schema {
    server: String,
    name: String,
}

impl Database {
    pub async fn open() -> Database {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) if !server.is_empty() => postgres(server).await,
            _ => sqlite().await,
        }
    }
}

async fn sqlite() -> Database {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("test.db");
    std::fs::copy(template().await, &path).expect("a copy of the template");
    let url = format!("sqlite://{}", path.display());
    Database { db: Db::open(&url).expect("the copy opens"), url, _kept: Kept::Folder(folder) }
}

/// The migrated, empty file that every SQLite test begins with: made once a process.
async fn template() -> PathBuf {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    static MAKING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _only_one = MAKING.lock().await;
    if TEMPLATE.get().is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("template.db");
        let db = Db::open(&format!("sqlite://{}", path.display())).expect("a new file opens");
        migrations::run(&db).await.expect("the migrations run");
        // All of it into the one file that is copied.
        db.read(|conn| Ok(conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)).await.expect("a checkpoint");
        drop(db);
        let _ = TEMPLATE.set((folder, path));
    }
    TEMPLATE.get().map(|(_, path)| path.clone()).expect("made above")
}

async fn postgres(server: String) -> Database {
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    on_server(&server, &format!("CREATE SCHEMA {name}"));
    let mark = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{mark}options=-c%20search_path%3D{name}%2Cpublic");
    let schema = Schema { server, name };
    let db = Db::open(&url).expect("PostgreSQL answers");
    migrations::run(&db).await.expect("the migrations run");
    Database { db, url, _kept: Kept::Schema(schema) }
}

fn on_server(server: &str, sql: &str) {
    let mut connection = PgConnection::establish(server).expect("TEST_DATABASE_URL answers");
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

impl Drop for Schema {
    fn drop(&mut self) {
        let sql = format!("SET client_min_messages = warning; DROP SCHEMA {} CASCADE", self.name);
        // A test that failed may still hold locks; its schema is not worth another failure.
        if let Ok(mut connection) = PgConnection::establish(&self.server) {
            let _ = connection.batch_execute(&format!("SET lock_timeout = '5s'; {sql}"));
        }
    }
}
