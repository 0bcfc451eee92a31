//! The database: everything goes through [`Db::read`] or [`Db::write`].

pub mod connection;
pub mod like;
pub mod migrations;
pub mod refolding;
pub mod row_values;
pub mod schema;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

pub use connection::EitherConnection as Connection;
use connection::{Opener, PooledConnection};

use crate::error::{Error, Result};

/// How often a command is tried again when others changed what it read. Each try waits a little longer.
const TRIES: u32 = 60;

/// A pool of connections to SQLite or PostgreSQL.
#[derive(Clone)]
pub struct Db {
    pool: r2d2::Pool<Opener>,
    /// SQLite has one writer at a time. Queueing here is fair, queueing inside SQLite is not.
    writer: Option<Arc<Mutex<()>>>,
}

impl Db {
    /// Opens `sqlite://path` or `postgres://…`; the address decides, nothing is guessed.
    ///
    /// # Errors
    /// When the address is of neither kind or the database does not answer.
    pub fn open(url: &str) -> anyhow::Result<Self> {
        let opener = Opener::by_url(url)?;
        // One first try by hand: the pool would only say that it timed out.
        r2d2::ManageConnection::connect(&opener)?;
        let writer = opener.is_sqlite().then(Arc::default);
        let pool = r2d2::Pool::builder()
            .max_size(16)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(10))
            .build(opener)
            .context("the database does not answer")?;
        Ok(Self { pool, writer })
    }

    /// Runs queries that change nothing, on a thread that may block.
    ///
    /// # Errors
    /// What the closure answers, and internal errors of the database.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        let db = self.clone();
        off_the_reactor(move || work(&mut *db.connection()?)).await
    }

    /// Runs one command as one serialised transaction: committed if the closure answers `Ok`, undone if not,
    /// tried again if another command got in between. The closure may therefore run several times:
    /// times, ids, tokens and hashes come in from outside, and nothing but the database is touched inside.
    ///
    /// # Errors
    /// What the closure answers, and internal errors of the database.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection) -> Result<T> + Send + 'static,
    {
        let db = self.clone();
        off_the_reactor(move || db.write_blocking(&work)).await
    }

    fn write_blocking<T>(&self, work: &dyn Fn(&mut Connection) -> Result<T>) -> Result<T> {
        // Queued before it takes a connection, or those who wait to write would leave none to those who read.
        // A panic under the lock left no half-done work: its transaction was undone.
        let _queue = self.writer.as_ref().map(|writer| writer.lock().unwrap_or_else(PoisonError::into_inner));
        let mut connection = self.connection()?;
        let mut tries = 0;
        loop {
            tries += 1;
            match transaction(&mut connection, work) {
                Err(error) if is_conflict(&error) && tries < TRIES => pause(tries),
                answer => return answer,
            }
        }
    }

    fn connection(&self) -> Result<PooledConnection> {
        Ok(self.pool.get().context("no connection to the database")?)
    }
}

async fn off_the_reactor<T, F>(work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await.context("database work was cut off")?
}

fn transaction<T>(connection: &mut Connection, work: &dyn Fn(&mut Connection) -> Result<T>) -> Result<T> {
    begin(connection)?;
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(connection))) {
        Ok(Ok(value)) => {
            Manager::commit_transaction(connection)?;
            Ok(value)
        }
        Ok(Err(error)) => {
            Manager::rollback_transaction(connection)?;
            Err(error)
        }
        Err(panic) => {
            // Give the connection back clean before the panic goes on.
            let _ = Manager::rollback_transaction(connection);
            std::panic::resume_unwind(panic)
        }
    }
}

type Manager = <Connection as diesel::Connection>::TransactionManager;

fn begin(connection: &mut Connection) -> Result<()> {
    match connection {
        // Takes the write lock at once; a plain BEGIN fails later, when reading has turned into writing.
        Connection::Sqlite(sqlite) => {
            AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?
        }
        Connection::Postgres(postgres) => {
            AnsiTransactionManager::begin_transaction_sql(postgres, "BEGIN ISOLATION LEVEL SERIALIZABLE")?;
        }
    }
    Ok(())
}

/// Whether somebody else got in between, so that another try may go through.
fn is_conflict(error: &Error) -> bool {
    let Error::Internal(cause) = error else { return false };
    match cause.downcast_ref::<DieselError>() {
        // PostgreSQL's 40001.
        Some(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(DieselError::DatabaseError(DatabaseErrorKind::Unknown, information)) => {
            is_busy(information.message()) || is_deadlock(information.details())
        }
        _ => false,
    }
}

/// Somebody got in between, unseen by this transaction: [`Db::write`] begins it anew, and then sees them.
pub fn try_again() -> Error {
    let reason: Box<String> = Box::new("changed by another transaction".to_owned());
    DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, reason).into()
}

/// SQLite's BUSY, when another process writes. SQLite speaks English only.
fn is_busy(message: &str) -> bool {
    message == "database is locked"
}

/// PostgreSQL's 40P01. diesel hides the code, and the server may speak any language, but its details always name
/// the locks of both sides, and these names are not translated.
fn is_deadlock(details: Option<&str>) -> bool {
    let locks = details
        .map_or(0, |details| details.matches("ShareLock").count() + details.matches("ExclusiveLock").count());
    locks >= 2
}

/// Waits up to 4 ms for each try so far, at random, so that those who met do not meet again.
fn pause(tries: u32) {
    let longest = u64::from(tries.min(25)) * 4000;
    std::thread::sleep(Duration::from_micros(rand::random::<u64>() % longest));
}

/// Runs an insert inside a savepoint and answers whether its keys were still free.
/// A unique violation would otherwise spoil the whole transaction on PostgreSQL.
///
/// # Errors
/// Every database error but a unique violation.
pub fn unless_taken(
    conn: &mut Connection,
    insert: impl FnOnce(&mut Connection) -> diesel::QueryResult<usize>,
) -> Result<bool> {
    match diesel::Connection::transaction(conn, insert) {
        Ok(_) => Ok(true),
        Err(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests;
