//! The pages by what they are about.

pub mod announced;
pub mod changes;
pub mod edit;
pub mod list;
pub mod pin;
pub mod show;
pub mod upload;
pub mod withdrawal;

use actix_web::web;

use crate::error::{Error, Result};
use crate::values::id::OfferId;

/// The offer of an address.
fn offer_id(path: &web::Path<String>) -> Result<OfferId> {
    OfferId::parse(path).ok_or(Error::NotFound)
}
