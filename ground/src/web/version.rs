//! Which state of something a form was filled in for: the version that its page showed.

use crate::error::{Error, Result};

/// The version that a form carries.
///
/// # Errors
/// [`Error::BadRequest`] for what is no version: no page sends it.
pub fn read(sent: &str) -> Result<i32> {
    sent.parse().map_err(|_| Error::BadRequest("version"))
}

/// The same, where what is no version is answered as one that is over: nothing has it.
pub fn read_or_none(sent: &str) -> i32 {
    sent.parse().unwrap_or(-1)
}
