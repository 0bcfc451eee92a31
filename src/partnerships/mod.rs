//! Partnerships: Indirect resellers, Request a partnership, the mailed link, Indirect providers.

pub mod directory;

use actix_web::web;

/// The pages of this area, for people who are signed in.
pub fn routes(_config: &mut web::ServiceConfig) {}
