//! The database: everything goes through [`Db::read`] or [`Db::write`], but for migrations and loads ([`Db::maintain`]).
//! How a table gets a column, an index or a word more in a vocabulary stands in `migrations/README.md`.

mod activity;
pub mod among;
pub mod bell;
pub mod clock;
pub mod connection;
pub mod durable;
pub mod encryption;
mod either;
mod erased;
mod job;
pub mod lease;
pub mod like;
mod limits;
pub mod migrations;
mod outage;
mod pool;
mod presence;
pub mod pulse;
mod queue;
pub mod refolding;
pub mod row_values;
pub mod schema;
mod slots;
pub mod snippet;
pub mod sqlite;
mod taken;
mod transaction;

use std::sync::Arc;

use connection::Opener;
pub use either::EitherConnection;
pub use erased::Connection;
use limits::Limits;
use pool::Pool;
use presence::Presence;
use pulse::Pulse;
use queue::Queue;
pub use taken::{change_unless_taken, is_referred_to, unless_refused, unless_taken};
pub use transaction::try_again;

use crate::error::Result;

/// SQLite or PostgreSQL; cheap to copy.
#[derive(Clone)]
pub struct Db {
    opener: Opener,
    pool: Arc<Pool>,
    /// SQLite has one writer at a time. Queueing here is fair, queueing inside SQLite is not.
    writers: Option<Arc<Queue>>,
    presence: Arc<Presence>,
    pulse: Arc<Pulse>,
}

impl Db {
    /// Opens `sqlite://path` or `postgres://…`; the address decides, nothing is guessed. What is done with it has
    /// little time, as pages have.
    ///
    /// # Errors
    /// When the address is of neither kind or the database does not answer.
    pub fn open(url: &str) -> anyhow::Result<Self> {
        let opener = Opener::by_url(url, Limits::HURRIED)?;
        // One first try by hand: the pool would only say that it took too long.
        opener.open_first()?;
        let presence = Arc::new(Presence::new());
        let pool = Pool::new(opener.clone(), Limits::HURRIED, Arc::clone(&presence));
        Ok(Self {
            writers: opener.is_sqlite().then(Arc::default),
            pulse: Arc::new(Pulse::of(&opener)),
            pool: Arc::new(pool),
            opener,
            presence,
        })
    }

    /// The same database for commands that take as long as they need: migrations, imports, the demonstration.
    #[must_use]
    pub fn patient(&self) -> Self {
        let pool = Pool::new(self.opener.clone(), Limits::PATIENT, Arc::clone(&self.presence));
        Self { pool: Arc::new(pool), ..self.clone() }
    }

    /// Runs queries that change nothing, on a thread that may block. All of them see the database as it was at the
    /// first one, so that what a page shows fits together.
    ///
    /// # Errors
    /// What the closure answers, [`crate::error::Error::Unavailable`], and internal errors of the database.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        self.pool.run(move |lent| transaction::snapshot(lent, work)).await
    }

    /// Runs what is neither: loads and migrations, which begin and end transactions of their own.
    ///
    /// # Errors
    /// What the closure answers, [`crate::error::Error::Unavailable`], and internal errors of the database.
    pub async fn maintain<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        self.pool.run(move |lent| work(lent.connection())).await
    }

    /// Runs one command as one serialised transaction: committed if the closure answers `Ok`, undone if not,
    /// tried again if another command got in between. The closure may therefore run several times:
    /// times, ids, tokens and hashes come in from outside, and nothing but the database is touched inside.
    ///
    /// # Errors
    /// What the closure answers, [`crate::error::Error::Unavailable`], and internal errors of the database.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection) -> Result<T> + Send + 'static,
    {
        let limits = self.pool.limits();
        // Queued before it takes a connection, or those who wait to write would leave none to those who read.
        let turn = match &self.writers {
            Some(writers) => Some(writers.turn(limits).await?),
            None => None,
        };
        self.pool
            .run(move |lent| {
                // Kept by the thread: also when nobody waits for the command any more, it writes alone.
                let _turn = turn;
                transaction::run(lent, &work, limits)
            })
            .await
    }

    /// Whether something can be kept at this moment; answered within two seconds, whatever happens.
    pub async fn pulse(&self) -> pulse::Beat {
        self.pulse.feel().await
    }
}

#[cfg(test)]
mod tests;
