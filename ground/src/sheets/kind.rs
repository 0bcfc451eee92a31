//! What a file is, by its first bytes.

use super::Unreadable;

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A ZIP archive, at least.
    Workbook,
}

/// How archives begin: with a file, or, empty, with their end.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// The container of old workbooks, and of new ones with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// PDF, gzip, PNG, JPEG, GIF, RTF, 7z, RAR, XZ, Zstandard.
const NO_TABLES: [&[u8]; 10] = [
    b"%PDF-",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
];
/// What other programs save under the name of a workbook: web pages, and XML of 2003.
const MARK_UP: [&str; 5] = ["<html", "<!doctype", "<?xml", "<table", "<meta"];

impl Kind {
    /// What a file is.
    ///
    /// # Errors
    /// What it is, where that cannot be read.
    pub fn of(bytes: &[u8]) -> Result<Self, Unreadable> {
        let begins = |beginning: &[u8]| bytes.starts_with(beginning);
        if ZIP.into_iter().any(begins) {
            Ok(Self::Workbook)
        } else if begins(COMPOUND) {
            Err(of_compound(bytes))
        } else if NO_TABLES.into_iter().any(begins) {
            Err(Unreadable::NoTable)
        } else if is_mark_up(bytes) {
            Err(Unreadable::OtherWorkbook)
        } else {
            Ok(Self::Text)
        }
    }
}

/// The names of the streams in it say what it is.
fn of_compound(bytes: &[u8]) -> Unreadable {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        Unreadable::Encrypted
    } else if holds("Workbook") || holds("Book") {
        Unreadable::OldWorkbook
    } else {
        Unreadable::NoTable
    }
}

fn is_mark_up(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    MARK_UP
        .iter()
        .any(|tag| text.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag.as_bytes())))
}
