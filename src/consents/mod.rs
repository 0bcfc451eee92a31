//! Asking customers to accept the customer agreement: the letter with a personal link, the page behind it, the answer.

pub mod commands;
mod form;
mod letters;
mod pages;
mod said;
mod store;

use actix_web::web;

pub use letters::LETTERS;
use pages::{answer, asking, delivery, link, request, revocation};

/// The largest answer that is read, in bytes: two names and a reason.
const LARGEST_ANSWER: usize = 16 * 1024;

/// The mailed link and the answer, for people without an account.
pub fn public_routes(config: &mut web::ServiceConfig) {
    let short = || web::FormConfig::default().limit(LARGEST_ANSWER);
    config
        .service(web::resource("/consents/{token}").get(link::show))
        .service(web::resource("/consents/{token}/acceptance").app_data(short()).post(answer::accept))
        .service(web::resource("/consents/{token}/refusal").app_data(short()).post(answer::decline));
}

/// The provider's pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/drafts/{id}/agreement-request").post(asking::of_draft))
        .service(web::resource("/customers/{id}/agreement-request").post(asking::of_customer))
        .service(web::resource("/agreement-requests/{id}").get(request::show))
        .service(web::resource("/agreement-requests/{id}/text").post(request::update))
        .service(web::resource("/agreement-requests/{id}/delivery").post(request::deliver))
        .service(web::resource("/agreement-requests/{id}/link").post(request::renew))
        .service(
            web::resource("/agreement-requests/{id}/revocation")
                .get(revocation::new)
                .post(revocation::create),
        )
        .service(web::resource("/agreement-requests/{id}/letters/{letter}/delivery").post(delivery::create));
}
