//! Which SQLite file a data folder belongs to. Where there was a database, no empty one is begun in its place: the disk
//! may not be mounted, or somebody is half way through putting a backup back.

use std::path::{Path, PathBuf, absolute};

use super::SqliteFile;
use crate::db::durable;

/// The file in the data folder that names the database.
pub const NAME: &str = "database.txt";
/// What follows the name, for whoever opens the file.
const MEANING: &str = "\nis where the portal keeps its data. As long as this file says so, no empty database is begun in \
                       its place.\n";

#[derive(Debug)]
pub struct Known {
    note: PathBuf,
    database: String,
}

impl Known {
    pub fn of(data_dir: &Path, database: &SqliteFile) -> Self {
        Self { note: data_dir.join(NAME), database: within(data_dir, database.path()) }
    }

    /// Whether the data folder names this database.
    pub fn is_kept(&self) -> bool {
        let kept = std::fs::read_to_string(&self.note);
        kept.is_ok_and(|text| text.lines().next() == Some(self.database.as_str()))
    }

    /// Keeps that there is such a database now.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self) -> anyhow::Result<()> {
        if self.is_kept() {
            return Ok(());
        }
        durable::replace(&self.note, format!("{}{MEANING}", self.database).as_bytes())
    }

    pub fn note(&self) -> std::path::Display<'_> {
        self.note.display()
    }
}

/// The path as seen from the data folder where it is in it: such a folder can be moved as a whole.
fn within(data_dir: &Path, path: &Path) -> String {
    let whole = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
    let (folder, path) = (whole(data_dir), whole(path));
    path.strip_prefix(folder).unwrap_or(&path).display().to_string()
}
