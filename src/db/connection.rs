//! One connection type for both databases, opened by the scheme of its address.

use anyhow::{Context as _, bail};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, SqliteConnection};

/// A connection to either database; queries are written once for both.
#[derive(diesel::MultiConnection)]
pub enum EitherConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

pub(super) type PooledConnection = r2d2::PooledConnection<Opener>;

/// Opens connections. diesel's own manager would try one database after the other and
/// make a file called `postgres:…` when PostgreSQL is down.
#[derive(Clone, Debug)]
pub struct Opener {
    kind: Kind,
    address: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

impl Opener {
    pub(super) fn by_url(url: &str) -> anyhow::Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                bail!("sqlite:// needs the path of a file, such as sqlite:///var/lib/twotier/twotier.db");
            }
            Ok(Self { kind: Kind::Sqlite, address: path.to_owned() })
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self { kind: Kind::Postgres, address: url.to_owned() })
        } else {
            bail!("the database address must begin with sqlite:// or postgres://");
        }
    }

    pub(super) fn is_sqlite(&self) -> bool {
        self.kind == Kind::Sqlite
    }
}

impl r2d2::ManageConnection for Opener {
    type Connection = EitherConnection;
    type Error = OpenError;

    fn connect(&self) -> Result<EitherConnection, OpenError> {
        Ok(match self.kind {
            Kind::Sqlite => EitherConnection::Sqlite(open_sqlite(&self.address)?),
            Kind::Postgres => EitherConnection::Postgres(open_postgres(&self.address)?),
        })
    }

    fn is_valid(&self, connection: &mut EitherConnection) -> Result<(), OpenError> {
        connection.batch_execute("SELECT 1").context("the connection is gone").map_err(OpenError)
    }

    fn has_broken(&self, connection: &mut EitherConnection) -> bool {
        // A connection with a transaction left open must not serve the next request.
        use diesel::connection::{TransactionManager, TransactionManagerStatus};
        type Manager = <EitherConnection as diesel::Connection>::TransactionManager;
        std::thread::panicking()
            || match Manager::transaction_manager_status_mut(connection) {
                TransactionManagerStatus::InError => true,
                TransactionManagerStatus::Valid(status) => status.transaction_depth().is_some(),
            }
    }
}

fn open_sqlite(path: &str) -> anyhow::Result<SqliteConnection> {
    let mut connection =
        SqliteConnection::establish(path).with_context(|| format!("cannot open the SQLite file {path}"))?;
    connection
        .batch_execute(
            // secure_delete: what is deleted or emptied, such as a letter with a link, is overwritten in the file.
            // FULL: an order that was acknowledged survives a power cut, which NORMAL does not promise.
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;
             PRAGMA secure_delete = ON;",
        )
        .with_context(|| format!("cannot use the SQLite file {path}"))?;
    Ok(connection)
}

fn open_postgres(url: &str) -> anyhow::Result<PgConnection> {
    let mut connection = PgConnection::establish(url).context("cannot connect to PostgreSQL")?;
    connection.batch_execute("SET client_min_messages = warning; SET TIME ZONE 'UTC'")?;
    Ok(connection)
}

/// Why no connection could be had.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
pub struct OpenError(#[from] anyhow::Error);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_two_databases_are_opened() {
        assert!(Opener::by_url("sqlite://data/twotier.db").unwrap().is_sqlite());
        assert!(!Opener::by_url("postgres://localhost/twotier").unwrap().is_sqlite());
        for url in ["postgres:twotier", "twotier.db", "mysql://localhost/x", "sqlite://", ""] {
            assert!(Opener::by_url(url).is_err(), "{url}");
        }
    }
}
