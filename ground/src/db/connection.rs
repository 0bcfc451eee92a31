//! One connection type for both databases, opened by the scheme of its address.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, SqliteConnection};

use super::limits::Limits;
use super::{Connection, activity};

/// A connection that was opened, and what the pool has to know of it.
pub(super) struct Session {
    pub connection: Connection,
    /// When it was last of use.
    pub used: Instant,
    /// The number of the process that serves it, on PostgreSQL.
    pub process: Option<i32>,
}

/// Opens connections. diesel would try one database after the other and make a file called `postgres:…` when
/// PostgreSQL is down.
#[derive(Clone, Debug)]
pub struct Opener {
    kind: Kind,
    address: String,
    limits: Limits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// How a connection whose other side has silently gone is found out: in seconds, and the last in milliseconds. Whoever
/// runs the portal may set them otherwise in the address.
const FINDS_OUT: [(&str, u32); 6] = [
    ("connect_timeout", 2),
    ("keepalives", 1),
    ("keepalives_idle", 10),
    ("keepalives_interval", 5),
    ("keepalives_count", 3),
    ("tcp_user_timeout", 10_000),
];

impl Opener {
    pub(super) fn by_url(url: &str, limits: Limits) -> anyhow::Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                bail!("sqlite:// needs the path of a file, such as sqlite:///var/lib/twotier/twotier.db");
            }
            Ok(Self { kind: Kind::Sqlite, address: path.to_owned(), limits })
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self { kind: Kind::Postgres, address: that_finds_out(url), limits })
        } else {
            bail!("the database address must begin with sqlite:// or postgres://");
        }
    }

    /// One connection beside the pool, for a command that does one thing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn once(url: &str) -> anyhow::Result<Connection> {
        Ok(Self::by_url(url, Limits::PATIENT)?.open_first()?.connection)
    }

    /// The same database with other limits.
    pub(super) fn with(&self, limits: Limits) -> Self {
        Self { limits, ..self.clone() }
    }

    pub(super) fn is_sqlite(&self) -> bool {
        self.kind == Kind::Sqlite
    }

    /// The shortest time after which PostgreSQL stops what takes long, if there is one.
    pub(super) fn stops_after(&self) -> Option<Duration> {
        let limits = [self.limits.statement, self.limits.lock].into_iter().filter(|_| !self.is_sqlite());
        limits.filter(|limit| *limit > 0).min().map(Duration::from_millis)
    }

    /// Opens a connection; a SQLite file that is not there is made.
    pub(super) fn open_first(&self) -> anyhow::Result<Session> {
        match self.kind {
            Kind::Sqlite => self.open_file(&self.address),
            Kind::Postgres => self.open(),
        }
    }

    /// Opens a connection to a database that is there.
    pub(super) fn open(&self) -> anyhow::Result<Session> {
        match self.kind {
            Kind::Sqlite => self.open_file(&existing(&self.address)),
            Kind::Postgres => {
                let mut connection = open_postgres(&self.address, self.limits)?;
                let process = activity::own_process(&mut connection).context("cannot use PostgreSQL")?;
                Ok(Session::new(connection, Some(process)))
            }
        }
    }

    fn open_file(&self, path: &str) -> anyhow::Result<Session> {
        Ok(Session::new(open_sqlite(path, self.limits)?, None))
    }
}

impl Session {
    fn new(connection: impl Into<Connection>, process: Option<i32>) -> Self {
        Self { connection: connection.into(), used: Instant::now(), process }
    }
}

/// The address with what it does not set by itself.
fn that_finds_out(url: &str) -> String {
    let (before, query) = parts(url);
    let is_set = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    let missing = FINDS_OUT.iter().filter(|(name, _)| !is_set(name));
    let pairs: Vec<String> = std::iter::once(query.to_owned())
        .filter(|query| !query.is_empty())
        .chain(missing.map(|(name, value)| format!("{name}={value}")))
        .collect();
    format!("{before}?{}", pairs.join("&"))
}

/// What stands before the `?` and behind it; one in the password begins no query.
fn parts(url: &str) -> (&str, &str) {
    let scheme = url.find("://").map_or(0, |at| at + 3);
    let behind_scheme = url.get(scheme..).unwrap_or_default();
    let who = behind_scheme.find(['@', '/']).filter(|at| behind_scheme.get(*at..=*at) == Some("@"));
    let begin = scheme + who.unwrap_or(0);
    match url.get(begin..).and_then(|rest| rest.find('?')) {
        Some(mark) => url
            .split_at_checked(begin + mark)
            .map_or((url, ""), |(before, query)| (before, query.get(1..).unwrap_or_default())),
        None => (url, ""),
    }
}

/// The file as an address that makes none: where the file has gone, an empty one would hide it.
fn existing(path: &str) -> String {
    // What SQLite reads as something else than a path stays as it is.
    if path.starts_with("file:") || path.starts_with(':') {
        return path.to_owned();
    }
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?mode=rw")
}

fn open_sqlite(path: &str, limits: Limits) -> anyhow::Result<SqliteConnection> {
    let mut connection =
        SqliteConnection::establish(path).with_context(|| format!("cannot open the SQLite file {path}"))?;
    connection
        .batch_execute(&format!(
            // secure_delete: what is deleted or emptied, such as a letter with a link, is overwritten in the file.
            // FULL: an order that was acknowledged survives a power cut, which NORMAL does not promise.
            "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
            limits.busy
        ))
        .with_context(|| format!("cannot use the SQLite file {path}; its disk may be full or read-only"))?;
    Ok(connection)
}

fn open_postgres(url: &str, limits: Limits) -> anyhow::Result<PgConnection> {
    let mut connection = PgConnection::establish(url).context("cannot connect to PostgreSQL")?;
    let settings: String = [
        ("statement_timeout", limits.statement),
        ("lock_timeout", limits.lock),
        ("idle_in_transaction_session_timeout", limits.idle_in_transaction),
    ]
    .iter()
    // Whoever sets one in the address knows better.
    .filter(|(name, _)| !url.contains(name))
    .map(|(name, milliseconds)| format!("SET {name} = {milliseconds};"))
    .collect();
    connection
        .batch_execute(&format!("SET client_min_messages = warning; SET TIME ZONE 'UTC'; {settings}"))
        .context("cannot use PostgreSQL")?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opener(url: &str) -> anyhow::Result<Opener> {
        Opener::by_url(url, Limits::HURRIED)
    }

    #[test]
    fn only_addresses_of_the_two_databases_are_opened() {
        assert!(opener("sqlite://data/twotier.db").unwrap().is_sqlite());
        assert!(!opener("postgres://localhost/twotier").unwrap().is_sqlite());
        for url in ["postgres:twotier", "twotier.db", "mysql://localhost/x", "sqlite://", ""] {
            assert!(opener(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_file_that_has_gone_is_not_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("100% #1?.db");
        let opener = opener(&format!("sqlite://{}", path.display())).unwrap();
        assert!(opener.open().is_err() && !path.exists());
        assert!(opener.open_first().is_ok() && path.exists());
        assert!(opener.open().is_ok());
    }

    #[test]
    fn an_address_finds_out_who_has_gone_unless_it_says_otherwise_itself() {
        let all = "connect_timeout=2&keepalives=1&keepalives_idle=10&keepalives_interval=5&keepalives_count=3\
            &tcp_user_timeout=10000";
        assert_eq!(that_finds_out("postgres://h/n"), format!("postgres://h/n?{all}"));
        assert_eq!(that_finds_out("postgres://a:b?c@h/n"), format!("postgres://a:b?c@h/n?{all}"));
        let own = that_finds_out("postgresql://h/n?sslmode=require&connect_timeout=9&keepalives=0");
        assert!(
            own.starts_with(
                "postgresql://h/n?sslmode=require&connect_timeout=9&keepalives=0&keepalives_idle"
            )
        );
        assert_eq!((own.matches("connect_timeout").count(), own.matches("keepalives=").count()), (1, 1));
    }
}
