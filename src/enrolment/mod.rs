//! Enrolment: how a company becomes an indirect reseller or an indirect provider of this installation, by itself.

mod commands;
mod exports;
pub mod facts;
pub mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
pub mod way_back;

use actix_web::web;

use crate::paths::enrolment as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{choice, decision, details, link, list, review, show, start};

/// Pages for everybody: beginning, and what the mailed link leads to.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::choice::ROUTE).get(choice::show))
        .service(web::resource(at::sent::ROUTE).get(start::sent))
        .service(web::resource(at::start::ROUTE).get(start::new).post(start::create))
        .service(web::resource(at::link::ROUTE).get(link::show))
        .service(web::resource(at::proof::ROUTE).post(link::prove))
        .service(web::resource(at::details::ROUTE).get(details::edit).post(details::update))
        .service(web::resource(at::review::ROUTE).get(review::show))
        .service(web::resource(at::submission::ROUTE).post(review::hand_in));
}

/// The operator's pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::show::ROUTE).get(show::show))
        .service(web::resource(at::approval::ROUTE).post(decision::approve))
        .service(web::resource(at::refusal::ROUTE).post(decision::refuse))
        .service(web::resource(at::letter_delivery::ROUTE).post(show::send_again));
}
