//! A letter kept as a file. Once it is said to be kept it is on the disk, whatever happens to the power: its text is
//! dropped from the database then.

use std::fs::{File, OpenOptions};
use std::io::{Result, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Written under another name and renamed, so that a letter is there as a whole or not at all. Only the owner reads it:
/// it may hold a link that proves who somebody is.
pub(super) fn keep(folder: &Path, name: &str, content: &[u8]) -> Result<()> {
    let unfinished = folder.join(format!(".{name}.unfinished"));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, folder.join(name))?;
    // The name stands in the folder, which is written to the disk by itself.
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_letter_is_whole_and_the_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), "a.eml", b"long and old").unwrap();
        keep(folder.path(), "a.eml", b"new").unwrap();
        let path = folder.path().join("a.eml");
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(folder.path().read_dir().unwrap().count(), 1, "nothing unfinished is left");
    }

    #[test]
    fn what_cannot_be_written_is_no_letter() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".a.eml.unfinished")).unwrap();
        assert!(keep(folder.path(), "a.eml", b"new").is_err());
        assert!(!folder.path().join("a.eml").exists());
        assert!(keep(&folder.path().join("none"), "a.eml", b"new").is_err());
    }
}
