//! The key of the cookies: the setting, or one that is made at the first start and kept in a file.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use actix_web::cookie::Key;
use anyhow::{Context as _, bail};
use secrecy::ExposeSecret as _;

use super::private;
use crate::config::Settings;
use crate::values::secret;

/// The file in the data folder.
pub const FILE: &str = "session.key";
/// No key was ever shorter.
const SHORTEST: usize = 64;

/// # Errors
/// When what is set or kept is no secret, or the file cannot be read or made.
pub fn of(settings: &Settings) -> anyhow::Result<Key> {
    let secret = match &settings.session_key {
        Some(set) => match secret::check(set.expose_secret()) {
            Ok(secret) => secret.to_owned(),
            Err(weakness) => bail!(
                "SESSION_KEY {weakness}; it needs at least 64 characters that nobody can guess: \
                 `openssl rand -hex 48` prints some"
            ),
        },
        None => kept(&settings.data_dir.join(FILE))?,
    };
    Ok(Key::derive_from(secret.as_bytes()))
}

/// The keys that the one of now took the place of.
///
/// # Errors
/// When one of them never was one.
pub fn before(settings: &Settings) -> anyhow::Result<Vec<Key>> {
    let Some(secrets) = &settings.session_key_before else { return Ok(Vec::new()) };
    let whole = secrets.expose_secret().trim();
    let parts: Vec<&str> = whole.split(',').map(str::trim).filter(|secret| !secret.is_empty()).collect();
    // A comma may also stand in a key.
    let keys = match parts.iter().all(|part| part.len() >= SHORTEST) {
        true if parts.len() > 1 => parts.into_iter().chain([whole]).collect(),
        true => parts,
        false if whole.len() >= SHORTEST => vec![whole],
        false => bail!("SESSION_KEY_BEFORE: every earlier key has at least {SHORTEST} characters"),
    };
    Ok(keys.into_iter().map(|secret| Key::derive_from(secret.as_bytes())).collect())
}

fn kept(path: &Path) -> anyhow::Result<String> {
    if !path.exists() {
        make(path).with_context(|| format!("cannot make the session key {}", path.display()))?;
    }
    private::close_file(path);
    let kept =
        std::fs::read(path).with_context(|| format!("cannot read the session key {}", path.display()))?;
    match std::str::from_utf8(&kept).ok().and_then(|text| secret::check(text).ok()) {
        Some(secret) => Ok(secret.to_owned()),
        None => bail!(
            "the session key {} is empty or damaged ({} bytes): put it back from the backup; if there is none, delete \
             the file and start again: everybody then signs in anew, and sets up authenticator apps anew with a \
             recovery code or an admin's help",
            path.display(),
            kept.len()
        ),
    }
}

/// Written whole and safe from a power cut before it has its name. Of several that start at once the first one's
/// stays.
fn make(path: &Path) -> std::io::Result<()> {
    let made = data_encoding::HEXLOWER.encode(&rand::random::<[u8; 48]>());
    let fresh = fresh_name(path);
    let written = write(&fresh, &made).and_then(|()| give_name(&fresh, path));
    let cleared = std::fs::remove_file(&fresh);
    written.and(cleared.or_else(unless_gone))?;
    // The name, too, must survive.
    File::open(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
        .sync_all()
}

fn fresh_name(path: &Path) -> PathBuf {
    path.with_extension(format!("key.{:016x}", rand::random::<u64>()))
}

fn write(path: &Path, content: &str) -> std::io::Result<()> {
    let mut file = private::new_file(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

/// A second name for the file, unless somebody has it already. Where files have but one name, it is moved.
fn give_name(fresh: &Path, path: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(fresh, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(_) if !path.exists() => std::fs::rename(fresh, path),
        named => named,
    }
}

fn unless_gone(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let first = kept(&path).unwrap();
        assert_eq!(first.len(), 96);
        assert_eq!(kept(&path).unwrap(), first);
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn many_first_starts_at_once_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let begin = std::sync::Barrier::new(16);
        let keys: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
            let start = || {
                begin.wait();
                kept(&path).unwrap()
            };
            let starts: Vec<_> = (0..16).map(|_| scope.spawn(start)).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert_eq!(keys.len(), 1);
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn an_empty_or_damaged_file_is_named_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let cut = "f3f1a0c2d94b8e6754c1d7b2e0".to_owned();
        for damaged in ["".to_owned(), "\n".to_owned(), "\0".repeat(96), cut, "\u{fffd}".repeat(96)] {
            std::fs::write(&path, &damaged).unwrap();
            let said = format!("{:#}", kept(&path).unwrap_err());
            assert!(said.contains(path.to_str().unwrap()) && said.contains("from the backup"), "{said}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);
        }
        std::fs::write(&path, [0xff; 96]).unwrap();
        assert!(kept(&path).is_err());
    }
}
