//! Files that are still there, and whole, after a power cut: neither a file nor its name is on the disk before it was
//! asked for.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Only the owner reads what the portal keeps.
const PRIVATE: u32 = 0o600;

/// Makes a file with this content that only its owner reads, or replaces one. Whatever happens, it holds all of the
/// old or all of the new.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    // Several processes may replace the same file: each has a file of its own beside it.
    let beside = with_ending(path, &format!(".{}.partial", std::process::id()));
    let made = OpenOptions::new().write(true).create(true).truncate(true).mode(PRIVATE).open(&beside);
    made.and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        .with_context(|| format!("cannot write {}", beside.display()))?;
    rename(&beside, path)
}

/// Writes into a file that somebody chose: it may also be a pipe or a terminal, which keep nothing.
///
/// # Errors
/// When it cannot be written.
pub fn write_into(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(content)?;
        if file.metadata()?.is_file() { file.sync_all() } else { Ok(()) }
    });
    written.with_context(|| format!("cannot write {}", path.display()))?;
    // Devices stand in folders that cannot be synced, and need not be.
    if path.is_file() { sync_folder_of(path) } else { Ok(()) }
}

/// Makes an empty file that only its owner reads; or opens the one that is there.
///
/// # Errors
/// When neither is possible.
pub fn private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(PRIVATE).open(path)
}

/// Gives a file another name.
///
/// # Errors
/// When it cannot be done, or not be kept.
pub fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::rename(from, to)
        .with_context(|| format!("cannot rename {} to {}", from.display(), to.display()))?;
    sync_folder_of(to)
}

/// Brings what a file holds to the disk.
///
/// # Errors
/// When the disk does not take it.
pub fn sync(path: &Path) -> anyhow::Result<()> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.with_context(|| format!("cannot bring {} to the disk", path.display()))
}

/// Brings to the disk which names are in the folder of a file.
///
/// # Errors
/// When the disk does not take it.
pub fn sync_folder_of(path: &Path) -> anyhow::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    sync(folder)
}

/// The same path with something after it.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn what_is_replaced_is_whole_and_the_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for content in ["a longer text", "short"] {
            replace(&path, content.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(folder.path().read_dir().unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_keeps_nothing_can_be_written_into() {
        write_into(Path::new("/dev/null"), b"text").unwrap();
        let folder = tempfile::tempdir().unwrap();
        write_into(&folder.path().join("a.csv"), b"text").unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("a.csv")).unwrap(), "text");
        assert!(write_into(&folder.path().join("no/a.csv"), b"text").is_err());
    }
}
