//! The pages of files that were sent.

pub mod list;
pub mod new;
pub mod passwords;
pub mod returning;
pub mod show;

use crate::error::{Error, Result};
use crate::values::id::{BatchId, CustomerId};

fn customer_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}

fn batch_id(text: &str) -> Result<BatchId> {
    BatchId::parse(text).ok_or(Error::NotFound)
}
