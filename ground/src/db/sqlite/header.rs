//! What the first bytes of a SQLite file and of its log say, read without SQLite, which would write at once.
//! <https://www.sqlite.org/fileformat.html>

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

const MAGIC: &[u8] = b"SQLite format 3\0";
const LENGTH: u64 = 100;
const LOG_LENGTH: u64 = 32;

/// The beginning of a SQLite file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub page_size: u64,
    /// How many pages the file has, if it says so.
    pages: Option<u64>,
    /// Whether what is committed goes to a log first. The portal always works like that.
    pub uses_log: bool,
}

/// What a file is by its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Nothing,
    Database(Header),
    SomethingElse,
}

impl Content {
    /// Looks into a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let bytes = beginning(path, LENGTH)?;
        if bytes.is_empty() {
            return Ok(Self::Nothing);
        }
        Ok(Header::parse(&bytes).map_or(Self::SomethingElse, Self::Database))
    }
}

impl Header {
    fn parse(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let page_size = match number(bytes, 16, 2)? {
            1 => 65536,
            size => size,
        };
        // The size stands there for certain only when whoever changed the file last wrote it, too.
        let is_sized = number(bytes, 24, 4)? == number(bytes, 92, 4)?;
        let pages = Some(number(bytes, 28, 4)?).filter(|pages| is_sized && *pages > 0);
        Some(Self { page_size, pages, uses_log: number(bytes, 18, 1)? == 2 })
    }

    /// How long the file is at least, as it says itself.
    pub fn length(&self) -> u64 {
        self.pages.map_or(0, |pages| pages.saturating_mul(self.page_size))
    }
}

/// The page size of a log that holds something; none without such a log.
///
/// # Errors
/// When it cannot be read.
pub fn page_size_of_log(path: &Path) -> std::io::Result<Option<u64>> {
    match path.metadata() {
        Ok(metadata) if metadata.len() > LOG_LENGTH => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    Ok(number(&beginning(path, LOG_LENGTH)?, 8, 4))
}

fn beginning(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A number of so many bytes, the most significant first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at + length)?;
    Some(digits.iter().fold(0, |number, digit| number << 8 | u64::from(*digit)))
}
