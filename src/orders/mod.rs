//! Orders: drafts, New customer, New subscription, Review, Confirmation, order history.

pub mod draft;

use actix_web::web;

/// The pages of this area, for people who are signed in.
pub fn routes(_config: &mut web::ServiceConfig) {}
