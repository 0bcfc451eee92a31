//! The pages of handovers.

pub mod list;
pub mod new;
pub mod progress;
pub mod removal;

use crate::error::{Error, Result};
use crate::values::id::HandoverId;

fn handover_id(text: &str) -> Result<HandoverId> {
    HandoverId::parse(text).ok_or(Error::NotFound)
}
