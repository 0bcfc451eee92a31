//! The file of a SQLite database: who works with it, what may be wrong with it, and what lies beside it.

pub mod check;
pub mod header;
pub mod known;
pub mod lock;
pub mod start;

use std::path::{Path, PathBuf};

use super::durable::with_ending;

/// The file, not its content.
#[derive(Clone, Debug)]
pub struct SqliteFile {
    path: PathBuf,
}

impl SqliteFile {
    /// The file that an address names. None for PostgreSQL, and where SQLite reads something else than a path.
    pub fn of(url: &str) -> Option<Self> {
        let path = url.strip_prefix("sqlite://")?;
        let is_path = !path.is_empty() && !path.starts_with(':') && !path.starts_with("file:");
        // SQLite keeps the log beside the file itself, wherever links to it are.
        let itself = |path: &Path| match path.is_symlink() {
            true => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
            false => path.to_owned(),
        };
        is_path.then(|| Self { path: itself(Path::new(path)) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was committed and is not in the file yet.
    pub fn log(&self) -> PathBuf {
        self.beside("-wal")
    }

    /// What SQLite keeps beside the file and reads with it.
    pub fn companions(&self) -> [PathBuf; 3] {
        ["-wal", "-shm", "-journal"].map(|ending| self.beside(ending))
    }

    /// A path beside the file that begins like it.
    pub fn beside(&self, ending: &str) -> PathBuf {
        with_ending(&self.path, ending)
    }

    /// For what is said about it.
    pub fn name(&self) -> std::path::Display<'_> {
        self.path.display()
    }
}

#[cfg(test)]
mod tests;
