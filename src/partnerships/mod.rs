//! Partnerships: Indirect resellers, Request a partnership, the mailed link, Indirect providers.

pub mod directory;
mod form;
mod fresh;
mod letters;
pub mod model;
mod pages;
mod said;
mod store;
mod wrong;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::session::confirmation;
pub use letters::LETTERS;
use pages::{
    answer, board, code, delivery, link, new_request, place, providers, removal, request, requests,
    resellers, revocation,
};
/// What a reseller was asked and has not answered: its first page tells.
pub use store::providers::waiting;

/// The mailed link, which everybody may open.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/partnerships/{token}").get(link::show));
}

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/resellers").get(resellers::list))
        .service(web::resource("/resellers/export").get(resellers::export))
        .service(web::resource("/resellers/eligibility").get(board::list))
        .service(web::resource("/resellers/{id}/reminder").post(board::remind))
        .service(
            web::resource("/resellers/{id}/removal")
                .get(removal::new)
                .route(web::post().to(removal::create).wrap(from_fn(confirmation::demand))),
        )
        .service(web::resource("/providers").get(providers::list))
        .service(web::resource("/providers/{id}/location").get(place::edit).post(place::update))
        .service(web::resource("/partnership-requests").get(requests::list).post(new_request::create))
        .service(web::resource("/partnership-requests/new").get(new_request::new))
        .service(web::resource("/partnership-requests/{id}").get(request::show))
        .service(web::resource("/partnership-requests/{id}/text").post(request::update))
        .service(web::resource("/partnership-requests/{id}/delivery").post(request::deliver))
        .service(web::resource("/partnership-requests/{id}/link").post(request::renew))
        .service(
            web::resource("/partnership-requests/{id}/revocation")
                .get(revocation::new)
                .post(revocation::create),
        )
        .service(web::resource("/providers/requests/{id}").get(link::show_addressed))
        .service(web::resource("/providers/requests/{id}/code").post(code::mail_addressed))
        .service(web::resource("/providers/requests/{id}/acceptance").post(answer::accept_addressed))
        .service(web::resource("/providers/requests/{id}/refusal").post(answer::decline_addressed))
        .service(web::resource("/partnerships/{token}/code").post(code::mail))
        .service(web::resource("/partnerships/{token}/acceptance").post(answer::accept))
        .service(web::resource("/partnerships/{token}/refusal").post(answer::decline))
        .service(web::resource("/letters/{id}/delivery").post(delivery::create));
}
