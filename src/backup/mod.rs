//! The commands `backup` and `restore`: one file that holds the database, made by the database's own means and
//! readable by them. What else belongs to an installation is named, so that nobody finds out too late.

mod belongings;
mod copy;
mod postgres;
mod sqlite;
mod tools;

use std::path::Path;

use anyhow::bail;
use secrecy::ExposeSecret as _;

use crate::config::Settings;
use crate::db::sqlite::SqliteFile;
use crate::server;
use copy::Copy;

/// Copies the database into a file that is not there yet, also while the portal runs. Answers what to tell.
///
/// # Errors
/// When there is no sound database, the file is there already or cannot be written, or a tool is missing.
pub fn backup(settings: &Settings, to: &Path) -> anyhow::Result<Vec<String>> {
    let url = server::database_url(settings);
    let url = url.expose_secret();
    refuse_memory(url)?;
    let copy = Copy::begin(to)?;
    let source = match SqliteFile::of(url) {
        Some(database) => sqlite::backup(&database, copy.path())?,
        None => postgres::backup(url, copy.path())?,
    };
    copy.end()?;
    let mut said =
        vec![format!("{} holds {source} as it is now; it has been read again and is whole.", to.display())];
    said.extend(belongings::to_keep(settings));
    Ok(said)
}

/// Puts a backup in the place of the database. Answers what to tell.
///
/// # Errors
/// When the file is no sound backup that this binary can use, or the database is in use.
pub fn restore(settings: &Settings, from: &Path, replace: bool) -> anyhow::Result<Vec<String>> {
    let url = server::database_url(settings);
    let url = url.expose_secret();
    refuse_memory(url)?;
    server::make_data_folder(settings)?;
    let mut said = match SqliteFile::of(url) {
        Some(database) => sqlite::restore(from, &database)?,
        None => postgres::restore(from, url, replace)?,
    };
    said.extend(belongings::to_put_back(settings));
    Ok(said)
}

fn refuse_memory(url: &str) -> anyhow::Result<()> {
    if url.starts_with("sqlite://") && SqliteFile::of(url).is_none() {
        bail!("only a database that is a file can be backed up and restored");
    }
    Ok(())
}
