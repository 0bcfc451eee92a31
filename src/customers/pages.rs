//! The pages about customers.

pub mod account;
pub mod agreement;
pub mod agreement_text;
pub mod edit;
pub mod list;
pub mod picks;
pub mod selection;

use crate::error::{Error, Result};
use crate::values::id::CustomerId;

fn customer_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}
