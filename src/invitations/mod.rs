//! Asking companies to become customers: the letter with a personal link, the page behind it, the answer.

mod commands;
mod exports;
mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
mod store;
mod wrong;

use actix_web::web;

use crate::paths::invitations as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;
use pages::{
    account, company, delivery, link, new_request, proof, refusal, reminder, request, requests, revocation,
};

/// The largest answer that is read, in bytes: an account and a reason.
const LARGEST_ANSWER: usize = 16 * 1024;

/// The mailed link and the answer, for people without an account.
pub fn public_routes(config: &mut web::ServiceConfig) {
    let short = || web::FormConfig::default().limit(LARGEST_ANSWER);
    config
        .service(web::resource(at::link::ROUTE).get(link::show))
        .service(web::resource(at::code::ROUTE).app_data(short()).post(proof::mail))
        .service(web::resource(at::proof::ROUTE).app_data(short()).post(proof::prove))
        .service(web::resource(at::account::ROUTE).get(account::show))
        .service(web::resource(at::acceptance::ROUTE).app_data(short()).post(account::accept))
        .service(web::resource(at::company::ROUTE).app_data(short()).get(company::new).post(company::create))
        .service(web::resource(at::refusal::ROUTE).app_data(short()).post(refusal::create));
}

/// The pages of whoever asks.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::requests::ROUTE).get(requests::list).post(new_request::create))
        .service(web::resource(at::new_request::ROUTE).get(new_request::new))
        .service(web::resource(at::request::ROUTE).get(request::show))
        .service(web::resource(at::text::ROUTE).post(request::update))
        .service(web::resource(at::delivery::ROUTE).post(request::deliver))
        .service(web::resource(at::fresh_link::ROUTE).post(request::renew))
        .service(web::resource(at::reminder::ROUTE).post(reminder::create))
        .service(web::resource(at::revocation::ROUTE).get(revocation::new).post(revocation::create))
        .service(web::resource(at::letter_delivery::ROUTE).post(delivery::create));
}
