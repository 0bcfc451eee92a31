//! The pages of files.

pub mod file;
pub mod list;
pub mod show;
pub mod taking;

use crate::error::{Error, Result};
use crate::values::id::ExportId;

fn export_id(text: &str) -> Result<ExportId> {
    ExportId::parse(text).ok_or(Error::NotFound)
}
