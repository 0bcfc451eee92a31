//! Customers: the list, the export, a customer's account and who administers it.

pub mod model;
pub mod store;

use actix_web::web;

/// The pages of this area, for people who are signed in.
pub fn routes(_config: &mut web::ServiceConfig) {}
