//! The pages about ends.

pub mod consent;
pub mod ending;
pub mod giving_back;
pub mod list;
pub mod reinstatement;
pub mod remedies;

use crate::error::{Error, Result};
use crate::values::id::CustomerId;

fn customer_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}
