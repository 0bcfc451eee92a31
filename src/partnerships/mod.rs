//! Partnerships: Indirect resellers, Request a partnership, the mailed link, Indirect providers.

mod commands;
pub mod directory;
mod exports;
pub mod facts;
mod form;
mod fresh;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
mod store;
mod wrong;

use actix_web::web;

use crate::paths::partnerships as at;
pub use exports::EXPORTS;
pub use letters::LETTERS;
use pages::{
    answer, board, code, delivery, link, new_request, place, providers, request, requests, resellers,
    revocation,
};
/// What a reseller was asked and has not answered: its first page tells.
pub use store::providers::waiting;
/// Removing one: who removes it decides what becomes of the customers, too, so the page stands in `handovers`.
pub use store::removal;

/// The mailed link, which everybody may open.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(at::link::ROUTE).get(link::show));
}

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::resellers::ROUTE).get(resellers::list))
        .service(web::resource(at::eligibility::ROUTE).get(board::list))
        .service(web::resource(at::reminder::ROUTE).post(board::remind))
        .service(web::resource(at::providers::ROUTE).get(providers::list))
        .service(web::resource(at::location::ROUTE).get(place::edit).post(place::update))
        .service(web::resource(at::requests::ROUTE).get(requests::list).post(new_request::create))
        .service(web::resource(at::new_request::ROUTE).get(new_request::new))
        .service(web::resource(at::request::ROUTE).get(request::show))
        .service(web::resource(at::text::ROUTE).post(request::update))
        .service(web::resource(at::delivery::ROUTE).post(request::deliver))
        .service(web::resource(at::fresh_link::ROUTE).post(request::renew))
        .service(web::resource(at::revocation::ROUTE).get(revocation::new).post(revocation::create))
        .service(web::resource(at::addressed::ROUTE).get(link::show_addressed))
        .service(web::resource(at::addressed_code::ROUTE).post(code::mail_addressed))
        .service(web::resource(at::addressed_acceptance::ROUTE).post(answer::accept_addressed))
        .service(web::resource(at::addressed_refusal::ROUTE).post(answer::decline_addressed))
        .service(web::resource(at::code::ROUTE).post(code::mail))
        .service(web::resource(at::acceptance::ROUTE).post(answer::accept))
        .service(web::resource(at::refusal::ROUTE).post(answer::decline))
        .service(web::resource(at::letter_delivery::ROUTE).post(delivery::create));
}
