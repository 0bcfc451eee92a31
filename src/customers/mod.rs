//! Customers: the list, the export, a customer's account and who administers it.

pub mod model;
pub mod new_account;
mod pages;
pub mod store;

use actix_web::web;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    // Fixed names stand before {id}, which takes anything.
    config.service(web::resource("/customers/{id}").get(pages::show));
}
