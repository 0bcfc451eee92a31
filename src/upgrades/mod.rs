//! Upgrading: an offer is bought in place of another one that a customer has, with the licenses of its users.

mod form;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::upgrades as at;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(at::upgrade::ROUTE).get(pages::new).post(pages::create));
}
