//! Organisations: the operator, indirect providers, indirect resellers, and their locations with MPN IDs.

pub mod commands;
mod exports;
pub mod facts;
mod form;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::partners as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{agreement, locations, profile};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::profile::ROUTE).get(profile::show))
        .service(web::resource(at::edit_profile::ROUTE).get(profile::edit).post(profile::update))
        .service(web::resource(at::locations::ROUTE).get(locations::list).post(locations::create))
        .service(web::resource(at::new_location::ROUTE).get(locations::new))
        .service(web::resource(at::location::ROUTE).get(locations::edit).post(locations::update))
        .service(web::resource(at::agreement::ROUTE).get(agreement::show))
        .service(web::resource(at::acceptance::ROUTE).post(agreement::accept))
        .service(web::resource(at::agreement_version::ROUTE).get(agreement::version));
}
