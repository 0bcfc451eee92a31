//! SQLite's own way to copy a database that is in use, and back.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::copy::Copy;
use crate::db::sqlite::check::{self, Depth, damage};
use crate::db::sqlite::header::Content;
use crate::db::sqlite::{SqliteFile, lock, start};
use crate::db::{Connection, durable, migrations};
use crate::values::moment::Moment;

/// Files up to this size are looked at as closely as can be; larger ones page by page.
const LOOKED_AT_CLOSELY: u64 = 256 << 20;

/// Copies the database, as one moment has it, into an empty file; answers how it is called.
///
/// # Errors
/// When there is no sound database, or the copy is not sound.
pub fn backup(database: &SqliteFile, to: &Path) -> anyhow::Result<String> {
    let _in_use = start::visit(database)?;
    let mut connection = Connection::from(check::read_only(database.path())?);
    migrations::refuse_newer(&migrations::steps_of(&mut connection)?)?;
    copy(&mut connection, to)?;
    look_at(&mut check::read_at_rest(to)?, to)?;
    Ok(database.name().to_string())
}

/// Puts a backup in the place of the database. What is there is put aside, not deleted.
///
/// # Errors
/// When the file is no sound backup that this binary can use, or somebody works with the database.
pub fn restore(from: &Path, database: &SqliteFile) -> anyhow::Result<Vec<String>> {
    let name = database.name();
    refuse_what_is_no_backup(from, database)?;
    let mut backup = check::read_at_rest(from)?;
    look_at(&mut backup, from)?;
    let mut backup = Connection::from(backup);
    let steps = migrations::steps_of(&mut backup).with_context(|| from.display().to_string())?;
    migrations::refuse_newer(&steps).with_context(|| from.display().to_string())?;
    let Some(_alone) = lock::enter_alone(database)? else {
        bail!("{name} is in use: stop the portal, and then restore");
    };
    let aside = aside(database)?;
    let new = Copy::begin(&database.beside("-restored"))?;
    copy(&mut backup, new.path())?;
    durable::sync(new.path())?;
    let was_there = put_aside(database, &aside)?;
    durable::rename(new.path(), database.path())?;
    let mut said = vec![format!("{name} is as it was when {} was made. Start the portal.", from.display())];
    if was_there {
        let old = database.beside(&aside);
        said.push(format!(
            "What was there is kept as {}; delete it when you need it no more.",
            old.display()
        ));
    }
    Ok(said)
}

fn refuse_what_is_no_backup(from: &Path, database: &SqliteFile) -> anyhow::Result<()> {
    let name = from.display();
    let content = Content::of(from).with_context(|| format!("cannot read {name}"))?;
    if !matches!(content, Content::Database(_)) {
        bail!("{name} is no backup of a SQLite database, which DATABASE_URL names");
    }
    let is_same = |other: &Path| match (from.canonicalize(), other.canonicalize()) {
        (Ok(from), Ok(other)) => from == other,
        _ => false,
    };
    if is_same(database.path()) {
        bail!("{name} is the database itself");
    }
    Ok(())
}

fn look_at(connection: &mut SqliteConnection, path: &Path) -> anyhow::Result<()> {
    let length = path.metadata().with_context(|| path.display().to_string())?.len();
    let depth = if length > LOOKED_AT_CLOSELY { Depth::Pages } else { Depth::Indexes };
    match damage(connection, depth)? {
        Some(damage) => bail!("{} is damaged ({damage})", path.display()),
        None => Ok(()),
    }
}

fn copy(from: &mut Connection, to: &Path) -> anyhow::Result<()> {
    let path = to.to_str().with_context(|| format!("{} is no name of UTF-8", to.display()))?;
    diesel::sql_query("VACUUM INTO ?")
        .bind::<Text, _>(path)
        .execute(from)
        .with_context(|| format!("cannot write {path}"))?;
    Ok(())
}

/// An ending that no file beside the database has.
fn aside(database: &SqliteFile) -> anyhow::Result<String> {
    let now = Moment::now().iso().replace(':', "-");
    let endings = (1..1000).map(|number| match number {
        1 => format!("-before-restore-{now}"),
        number => format!("-before-restore-{now}-{number}"),
    });
    let is_free = |ending: &String| !database.beside(ending).exists();
    endings.into_iter().find(is_free).context("too many files were put aside")
}

/// The database first: if the machine stops in between, it is missing, and no start takes what is left for whole.
fn put_aside(database: &SqliteFile, ending: &str) -> anyhow::Result<bool> {
    let old = database.beside(ending);
    let mut pairs: Vec<(PathBuf, PathBuf)> = vec![(database.path().to_owned(), old.clone())];
    let companions = ["-wal", "-shm", "-journal"].iter().zip(database.companions());
    pairs.extend(companions.map(|(part, path)| (path, durable::with_ending(&old, part))));
    let was_there = database.path().exists();
    for (from, to) in pairs.iter().filter(|(from, _)| from.exists()) {
        durable::rename(from, to)?;
    }
    Ok(was_there)
}
