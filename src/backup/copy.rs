//! A file under way: it has its name only once it is whole and on the disk.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::db::durable;

/// Removed when it is dropped before its end.
pub struct Copy {
    to: PathBuf,
    under_way: PathBuf,
    /// Locked, so that what an interrupted command left is taken for nobody else's.
    _lock: File,
}

impl Copy {
    /// Begins an empty file that only its owner reads.
    ///
    /// # Errors
    /// When the file is there already, somebody else is writing it or it cannot be made.
    pub fn begin(to: &Path) -> anyhow::Result<Self> {
        if to.symlink_metadata().is_ok() {
            bail!("{} is there already: name a file that is not there yet", to.display());
        }
        let under_way = durable::with_ending(to, ".partial");
        let cannot = || format!("cannot write {}", under_way.display());
        let lock = durable::private_file(&under_way).with_context(cannot)?;
        match lock.try_lock() {
            Ok(()) => lock.set_len(0).with_context(cannot)?,
            Err(TryLockError::WouldBlock) => {
                bail!("another twotier is writing {}", under_way.display());
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
        }
        Ok(Self { to: to.to_owned(), under_way, _lock: lock })
    }

    /// Where it is written to.
    pub fn path(&self) -> &Path {
        &self.under_way
    }

    /// It is whole: gives it its name.
    ///
    /// # Errors
    /// When it cannot be brought to the disk.
    pub fn end(self) -> anyhow::Result<()> {
        durable::sync(&self.under_way)?;
        durable::rename(&self.under_way, &self.to)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // After the end there is nothing of this name.
        let _ = std::fs::remove_file(&self.under_way);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a.db");
        let copy = Copy::begin(&to).unwrap();
        assert!(Copy::begin(&to).is_err(), "somebody is at it");
        std::fs::write(copy.path(), "half").unwrap();
        drop(copy);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        // An interrupted one leaves something.
        std::fs::write(folder.path().join("a.db.partial"), "a rest that is longer").unwrap();
        let copy = Copy::begin(&to).unwrap();
        std::fs::write(copy.path(), "whole").unwrap();
        copy.end().unwrap();
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "whole");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
        assert!(Copy::begin(&to).is_err(), "it is there already");
    }

    #[test]
    fn it_is_the_owners_alone_from_the_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let copy = Copy::begin(&folder.path().join("a.db")).unwrap();
        assert_eq!(copy.path().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
