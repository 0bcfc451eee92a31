//! Who works with a SQLite file. SQLite itself lets several processes in, but not one that swaps the file under them.

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use anyhow::Context as _;

use super::SqliteFile;
use crate::db::durable::private_file;

/// Somebody works with the file, until this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct InUse(File);

/// How somebody comes in.
#[derive(Debug)]
pub enum Entry {
    /// Nobody else is there, and nobody comes in before [`InUse::let_others_in`].
    Alone(InUse),
    /// Others work with the file, who have looked after it.
    WithOthers(InUse),
}

impl InUse {
    /// From now on others may come in.
    ///
    /// # Errors
    /// When the system takes no locks.
    pub fn let_others_in(self) -> anyhow::Result<Self> {
        self.0.lock_shared().context("cannot lock the database")?;
        Ok(self)
    }

    /// Keeps it until the process ends: connections of the pool may be in use till then.
    pub fn for_life(self) {
        std::mem::forget(self.0);
    }
}

/// Comes in; waits while somebody is alone with the file.
///
/// # Errors
/// When the folder cannot be written to, or the system takes no locks.
pub fn enter(database: &SqliteFile) -> anyhow::Result<Entry> {
    let (file, path) = open(database, "-lock")?;
    match file.try_lock() {
        Ok(()) => Ok(Entry::Alone(InUse(file))),
        Err(TryLockError::WouldBlock) => {
            if matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
                tracing::info!("waiting for another twotier that starts with {}", database.name());
            }
            file.lock_shared().with_context(|| format!("cannot lock {}", path.display()))?;
            Ok(Entry::WithOthers(InUse(file)))
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

/// Comes in if nobody else is there.
///
/// # Errors
/// As [`enter`].
pub fn enter_alone(database: &SqliteFile) -> anyhow::Result<Option<InUse>> {
    Ok(only_one(database, "-lock")?.map(InUse))
}

/// Whether no other portal serves this file; no other one is the first as long as this process lives.
///
/// # Errors
/// As [`enter`].
pub fn is_first_portal(database: &SqliteFile) -> anyhow::Result<bool> {
    let file = only_one(database, "-portal")?;
    let is_first = file.is_some();
    std::mem::forget(file);
    Ok(is_first)
}

fn only_one(database: &SqliteFile, ending: &str) -> anyhow::Result<Option<File>> {
    let (file, path) = open(database, ending)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

fn open(database: &SqliteFile, ending: &str) -> anyhow::Result<(File, PathBuf)> {
    let path = database.beside(ending);
    let file = private_file(&path).with_context(|| {
        format!("cannot write to the folder of {}, where SQLite keeps its log", database.name())
    })?;
    Ok((file, path))
}
