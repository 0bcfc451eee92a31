//! The sample catalogue that ships with the portal: the demonstration uses it, and an empty installation may.

use super::model::sheet::{Sheet, read};
use crate::sheets::Unreadable;

/// The file, as it would be uploaded.
pub const FILE: &str = include_str!("sample.csv");
/// What it is called as a download.
pub const FILE_NAME: &str = "sample-catalog.csv";

/// The sample in rows.
///
/// # Errors
/// None: a test reads it.
pub fn sheet() -> Result<Sheet, Unreadable> {
    read(FILE.as_bytes())
}
