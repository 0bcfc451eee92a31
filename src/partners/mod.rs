//! Organisations: the operator, indirect providers, indirect resellers, and their locations with MPN IDs.

pub mod commands;
mod form;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

pub use letters::LETTERS;
use pages::{agreement, locations, profile};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/organisation").get(profile::show))
        .service(web::resource("/organisation/profile").get(profile::edit).post(profile::update))
        .service(web::resource("/organisation/locations").get(locations::list).post(locations::create))
        .service(web::resource("/organisation/locations/new").get(locations::new))
        .service(web::resource("/organisation/locations/{id}").get(locations::edit).post(locations::update))
        .service(web::resource("/organisation/agreement").get(agreement::show))
        .service(web::resource("/organisation/agreement/acceptance").post(agreement::accept))
        .service(web::resource("/organisation/agreement/{id}").get(agreement::version));
}
