//! Folders and files that only their owner can read: they hold keys, letters with personal links, and all data.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::db::sqlite::SqliteFile;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;

/// Makes a folder. One that is there already is closed to others, unless it also holds what is not the portal's:
/// it may be `/tmp`, or somebody's home.
///
/// # Errors
/// When it cannot be made or written to.
pub fn folder(path: &Path, is_own: fn(&str) -> bool) -> anyhow::Result<()> {
    if !path.exists() {
        let made = DirBuilder::new().recursive(true).mode(FOLDER).create(path);
        made.with_context(|| format!("cannot make the folder {}", path.display()))?;
    }
    let metadata = path.metadata().with_context(|| format!("cannot use {}", path.display()))?;
    if !metadata.is_dir() || metadata.permissions().readonly() {
        bail!("the folder {} cannot be written to", path.display());
    }
    if holds_only(path, is_own)? {
        close_to_others(path, FOLDER);
    }
    Ok(())
}

/// Makes an empty file that is not there yet.
///
/// # Errors
/// When it is there already, or cannot be made.
pub fn new_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE).open(path)
}

/// Closes a file to others.
pub fn close_file(path: &Path) {
    close_to_others(path, FILE);
}

/// Closes the file of a SQLite database and the files beside it to others. SQLite gives the files that it makes beside
/// it the same permissions.
pub fn sqlite(database: &SqliteFile) {
    for path in database.companions().iter().map(PathBuf::as_path).chain([database.path()]) {
        if path.exists() {
            close_file(path);
        }
    }
}

fn holds_only(folder: &Path, is_own: fn(&str) -> bool) -> anyhow::Result<bool> {
    let entries = folder.read_dir().with_context(|| format!("cannot look into {}", folder.display()))?;
    Ok(entries.flatten().all(|entry| entry.file_name().to_str().is_some_and(is_own)))
}

fn close_to_others(path: &Path, mode: u32) {
    let is_open = path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0);
    if is_open && let Err(error) = std::fs::set_permissions(path, Permissions::from_mode(mode)) {
        // It is somebody else's, who opened it to us: then it is theirs to close.
        tracing::warn!(%error, "others may read {}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    fn open_to_all(path: &Path) {
        std::fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn what_is_made_is_the_owners_alone() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("a/data");
        folder(&data, |_| true).unwrap();
        new_file(&data.join("key")).unwrap();
        std::fs::write(data.join("a.db"), "").unwrap();
        open_to_all(&data.join("a.db"));
        sqlite(&SqliteFile::of(&format!("sqlite://{}", data.join("a.db").display())).unwrap());
        assert_eq!((mode(&data), mode(&data.join("key")), mode(&data.join("a.db"))), (0o700, 0o600, 0o600));
    }

    #[test]
    fn what_was_open_to_others_is_closed_and_kept() {
        let home = tempfile::tempdir().unwrap();
        let (data, key) = (home.path().join("data"), home.path().join("data/key"));
        std::fs::create_dir(&data).unwrap();
        std::fs::write(&key, "secret").unwrap();
        open_to_all(&data);
        open_to_all(&key);
        folder(&data, |name| name == "key").unwrap();
        assert!(new_file(&key).is_err());
        close_file(&key);
        assert_eq!((mode(&data), mode(&key)), (0o700, 0o600));
        assert_eq!(std::fs::read(&key).unwrap(), b"secret");
    }

    #[test]
    fn a_folder_that_holds_more_than_ours_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("letter.txt"), "").unwrap();
        open_to_all(home.path());
        folder(home.path(), |name| name == "key").unwrap();
        assert_eq!(mode(home.path()), 0o755);
    }
}
