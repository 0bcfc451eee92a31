//! Asking customers to accept the customer agreement: the letter with a personal link, the page behind it, the answer.

pub mod commands;
mod form;
mod letters;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::consents as at;

pub use letters::LETTERS;
use pages::{answer, asking, delivery, link, request, revocation};

/// The largest answer that is read, in bytes: two names and a reason.
const LARGEST_ANSWER: usize = 16 * 1024;

/// The mailed link and the answer, for people without an account.
pub fn public_routes(config: &mut web::ServiceConfig) {
    let short = || web::FormConfig::default().limit(LARGEST_ANSWER);
    config
        .service(web::resource(at::link::ROUTE).get(link::show))
        .service(web::resource(at::acceptance::ROUTE).app_data(short()).post(answer::accept))
        .service(web::resource(at::refusal::ROUTE).app_data(short()).post(answer::decline));
}

/// The provider's pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::ask_for_draft::ROUTE).post(asking::of_draft))
        .service(web::resource(at::ask_customer::ROUTE).post(asking::of_customer))
        .service(web::resource(at::request::ROUTE).get(request::show))
        .service(web::resource(at::text::ROUTE).post(request::update))
        .service(web::resource(at::delivery::ROUTE).post(request::deliver))
        .service(web::resource(at::fresh_link::ROUTE).post(request::renew))
        .service(web::resource(at::revocation::ROUTE).get(revocation::new).post(revocation::create))
        .service(web::resource(at::letter_delivery::ROUTE).post(delivery::create));
}
