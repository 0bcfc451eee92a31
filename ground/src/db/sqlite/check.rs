//! Looks into a SQLite database without changing anything.

use std::path::Path;

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::Text;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::header;
use crate::db::durable::with_ending;

/// What means something else in a URI than in a path.
const NO_PATH: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#').add(b' ');

/// How closely a database is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every page, some seconds for a gigabyte.
    Pages,
    /// Also whether every index says what its table says: for large files that takes minutes.
    Indexes,
}

/// A connection that changes nothing. An ordinary one would put the log into the file, at the latest when it is closed:
/// then a log of another database had damaged it for good.
///
/// # Errors
/// When the file cannot be opened.
pub fn read_only(path: &Path) -> anyhow::Result<SqliteConnection> {
    open(path, "mode=ro")
}

/// The same for a file that nobody writes to. Without a log SQLite then makes no files beside it, and can also read
/// where it could not make any.
///
/// # Errors
/// When the file cannot be opened.
pub fn read_at_rest(path: &Path) -> anyhow::Result<SqliteConnection> {
    let has_log = header::page_size_of_log(&with_ending(path, "-wal")).is_ok_and(|size| size.is_some());
    open(path, if has_log { "mode=ro" } else { "mode=ro&immutable=1" })
}

fn open(path: &Path, options: &str) -> anyhow::Result<SqliteConnection> {
    let open = || {
        let whole = std::path::absolute(path)?;
        let whole = whole.to_str().context("the name is not UTF-8")?;
        let address = format!("file:{}?{options}", utf8_percent_encode(whole, NO_PATH));
        let mut connection = SqliteConnection::establish(&address)?;
        connection.batch_execute("PRAGMA busy_timeout = 5000")?;
        anyhow::Ok(connection)
    };
    open().with_context(|| format!("cannot open {}", path.display()))
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// What is wrong with a database, if something is.
///
/// # Errors
/// When it cannot be read at all.
pub fn damage(connection: &mut SqliteConnection, depth: Depth) -> anyhow::Result<Option<String>> {
    let query = match depth {
        Depth::Pages => "SELECT quick_check AS said FROM pragma_quick_check LIMIT 1",
        Depth::Indexes => "SELECT integrity_check AS said FROM pragma_integrity_check LIMIT 1",
    };
    // Indexes are looked up in any order: with a small cache each page would be read many times.
    let said = connection
        .batch_execute("PRAGMA cache_size = -65536")
        .and_then(|()| diesel::sql_query(query).load::<Said>(connection));
    match said {
        Ok(said) => Ok(said.into_iter().map(|row| row.said).find(|said| said != "ok").map(in_one_line)),
        // Some damage is met before the check begins.
        Err(DieselError::DatabaseError(DatabaseErrorKind::Unknown, information))
            if is_damage(information.message()) =>
        {
            Ok(Some(information.message().to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// SQLite's CORRUPT and NOTADB, whose codes diesel hides. SQLite speaks English only.
fn is_damage(message: &str) -> bool {
    // The last one is what full-text tables say whose own pages are damaged.
    ["malformed", "not a database", "vtable constructor failed"].iter().any(|word| message.contains(word))
}

fn in_one_line(said: String) -> String {
    said.lines().filter(|line| !line.starts_with("***")).collect::<Vec<_>>().join("; ")
}

/// Whether it holds tables, and none of the portal's.
///
/// # Errors
/// When it cannot be read.
pub fn is_of_others(connection: &mut SqliteConnection) -> anyhow::Result<bool> {
    let tables = "SELECT name AS said FROM sqlite_master WHERE type = 'table'";
    let tables = diesel::sql_query(tables).load::<Said>(connection)?;
    Ok(!tables.is_empty() && tables.iter().all(|table| table.said != "__diesel_schema_migrations"))
}
