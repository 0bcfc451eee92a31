//! Subscriptions of a customer: details, changes, Reseller (MPN ID), Designated support contact.

pub mod model;
pub mod store;

use actix_web::web;

/// The pages of this area, for people who are signed in.
pub fn routes(_config: &mut web::ServiceConfig) {}
