//! What the browser sends.

pub mod agreement;
pub mod location;
pub mod profile;

pub use agreement::ConsentForm;
pub use location::LocationForm;
pub use profile::ProfileForm;

use crate::error::{Error, Result};

/// The version that a form carries.
///
/// # Errors
/// [`Error::BadRequest`] for what is no version: no page sends it.
fn version(typed: &str) -> Result<i32> {
    typed.parse().map_err(|_| Error::BadRequest("version"))
}
