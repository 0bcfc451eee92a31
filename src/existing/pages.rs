//! The pages of files of customers.

pub mod list;
pub mod new;
pub mod returning;
pub mod show;

use crate::error::{Error, Result};
use crate::values::id::BatchId;

fn batch_id(text: &str) -> Result<BatchId> {
    BatchId::parse(text).ok_or(Error::NotFound)
}
