//! What is looked at before a SQLite file is used. Whatever is wrong is said in one line with what to do, and nothing
//! has been changed: SQLite itself would begin an empty database, or play a log of another one into the file.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};
use diesel::Connection as _;
use diesel::SqliteConnection;
use diesel::connection::SimpleConnection as _;

use super::check::{self, Depth};
use super::header::{Content, Header, page_size_of_log};
use super::known::Known;
use super::lock::{self, Entry, InUse};
use super::{SqliteFile, check::damage};
use crate::db::durable;

const RESTORE: &str = "restore a backup with `twotier restore FILE`, which keeps what is there";

/// After a stop that was no clean one, files up to this size are looked at page by page: some seconds a gigabyte.
const LOOKED_AT_AFTER_A_CRASH: u64 = 4 << 30;
/// After a clean stop, files up to this size: far below a second.
const LOOKED_AT_ALWAYS: u64 = 64 << 20;
/// Files up to this size are looked at as closely as can be.
const LOOKED_AT_CLOSELY: u64 = 64 << 20;

/// Makes a SQLite file ready to be opened by the portal; begins an empty one if there was none.
///
/// # Errors
/// When the file is missing where there was one, is no database, does not fit its log or is damaged.
pub fn begin(database: &SqliteFile, known: &Known) -> anyhow::Result<InUse> {
    refuse_other_things(database)?;
    enter(database, Some(known))
}

/// Makes sure that there is a sound database, and leaves it as it is.
///
/// # Errors
/// As [`begin`], and when there is none.
pub fn visit(database: &SqliteFile) -> anyhow::Result<InUse> {
    refuse_other_things(database)?;
    if !database.path().exists() {
        bail!("there is no database {}", database.name());
    }
    enter(database, None)
}

/// What is no file of a database: then nothing is put beside it either.
fn refuse_other_things(database: &SqliteFile) -> anyhow::Result<()> {
    let (path, name) = (database.path(), database.name());
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot look at {name}")),
    };
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "no file" };
        bail!(
            "{name} is {what}: DATABASE_URL names the file of a SQLite database, as in sqlite:///var/lib/twotier/twotier.db"
        );
    }
    if let Err(error) = std::fs::OpenOptions::new().read(true).write(true).open(path) {
        return Err(error).with_context(|| {
            format!("cannot write to {name}: it has to belong to the user that runs twotier, on a disk that is not read-only")
        });
    }
    if Content::of(path).with_context(|| format!("cannot read {name}"))? == Content::SomethingElse {
        bail!(
            "{name} is no SQLite database, or its beginning is damaged: name another file with DATABASE_URL, or {RESTORE}"
        );
    }
    Ok(())
}

/// Comes in, and looks after the file if nobody else does already. Whoever says what is known may begin an empty one.
fn enter(database: &SqliteFile, known: Option<&Known>) -> anyhow::Result<InUse> {
    let lock = match lock::enter(database)? {
        Entry::WithOthers(lock) => return Ok(lock),
        Entry::Alone(lock) => lock,
    };
    let content = match Content::of(database.path()) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        content => Some(content.with_context(|| format!("cannot read {}", database.name()))?),
    };
    match (content, known) {
        (Some(Content::Database(header)), _) => look_after(database, &header)?,
        (Some(Content::SomethingElse), _) => bail!("{} has just been changed", database.name()),
        (Some(Content::Nothing) | None, Some(known)) => begin_empty(database, known, content.is_none())?,
        (Some(Content::Nothing) | None, None) => bail!("there is no database in {}", database.name()),
    }
    let uses_log = matches!(content, Some(Content::Database(header)) if header.uses_log);
    if known.is_some() && !uses_log {
        use_a_log(database.path())?;
    }
    lock.let_others_in()
}

fn begin_empty(database: &SqliteFile, known: &Known, is_missing: bool) -> anyhow::Result<()> {
    refuse_a_gap(database, known, is_missing)?;
    durable::private_file(database.path()).with_context(|| format!("cannot make {}", database.name()))?;
    durable::sync_folder_of(database.path())
}

/// A database that is gone, or has lost everything.
fn refuse_a_gap(database: &SqliteFile, known: &Known, is_missing: bool) -> anyhow::Result<()> {
    let name = database.name();
    let state = if is_missing { "is missing" } else { "is empty" };
    if page_size_of_log(&database.log())?.is_some() {
        bail!(
            "{name} {state}, but its log {} is there: put the file back, or {RESTORE}",
            database.log().display()
        );
    }
    if known.is_kept() {
        bail!(
            "{name} {state}, but the portal kept its data there: put the file back, or {RESTORE}; to begin with an empty \
             database, delete {}",
            known.note()
        );
    }
    Ok(())
}

/// Whether the file fits its log and is sound.
fn look_after(database: &SqliteFile, header: &Header) -> anyhow::Result<()> {
    let name = database.name();
    let log = database.log();
    let log_page_size = page_size_of_log(&log).with_context(|| format!("cannot read {}", log.display()))?;
    if log_page_size.is_some_and(|size| size != header.page_size || !header.uses_log) {
        bail!(
            "{name} does not fit its log {}, which belongs to the database that was here before: restore the backup with \
             `twotier restore`, which puts the log aside, instead of copying it",
            log.display()
        );
    }
    let length = database.path().metadata().with_context(|| name.to_string())?.len();
    if log_page_size.is_none() && length < header.length() {
        bail!("{name} is cut off: it has {length} of {} bytes; {RESTORE}", header.length());
    }
    let was_stopped_hard = log_page_size.is_some();
    let most = if was_stopped_hard { LOOKED_AT_AFTER_A_CRASH } else { LOOKED_AT_ALWAYS };
    if length > most {
        if was_stopped_hard {
            tracing::warn!("{name} is too large to be looked after at a start; a restored backup has been");
        }
        return Ok(());
    }
    let depth = if length > LOOKED_AT_CLOSELY { Depth::Pages } else { Depth::Indexes };
    if depth == Depth::Pages {
        tracing::info!("the last stop was no clean one; looking after {name}, which takes some seconds");
    }
    let mut connection = check::read_at_rest(database.path())?;
    if let Some(damage) = damage(&mut connection, depth)? {
        match was_stopped_hard {
            true => bail!(
                "{name} is damaged, or its log {} belongs to another database ({damage}): {RESTORE}",
                log.display()
            ),
            false => bail!("{name} is damaged ({damage}): {RESTORE}"),
        }
    }
    if check::is_of_others(&mut connection)? {
        bail!("{name} is the database of another program: name another file with DATABASE_URL");
    }
    Ok(())
}

/// Lets SQLite work with a log. Two processes that did it at once would refuse each other.
fn use_a_log(path: &Path) -> anyhow::Result<()> {
    let name = path.display();
    let address = path.to_str().with_context(|| format!("{name} is no name of UTF-8"))?;
    let mut connection = SqliteConnection::establish(address)
        .with_context(|| format!("cannot open the SQLite file {name}"))?;
    connection
        .batch_execute("PRAGMA journal_mode = WAL")
        .with_context(|| format!("cannot use the SQLite file {name}; its disk may be full or read-only"))
}
