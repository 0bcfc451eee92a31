//! Orders: drafts, New customer, New subscription, Review, Confirmation, order history.

mod commands;
pub mod draft;
mod exports;
pub mod facts;
mod form;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

pub use exports::EXPORTS;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config.configure(pages::routes);
}
