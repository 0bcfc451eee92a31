//! Enrolment: how a company becomes an indirect reseller or an indirect provider of this installation, by itself.

pub mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
pub mod way_back;

use actix_web::web;

pub use letters::LETTERS;
use pages::{choice, decision, details, link, list, review, show, start};

/// Pages for everybody: beginning, and what the mailed link leads to.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/enrol").get(choice::show))
        .service(web::resource("/enrol/sent").get(start::sent))
        .service(web::resource("/enrol/{kind}").get(start::new).post(start::create))
        .service(web::resource("/enrolment/{token}").get(link::show))
        .service(web::resource("/enrolment/{token}/proof").post(link::prove))
        .service(web::resource("/enrolment/{token}/details").get(details::edit).post(details::update))
        .service(web::resource("/enrolment/{token}/review").get(review::show))
        .service(web::resource("/enrolment/{token}/submission").post(review::hand_in));
}

/// The operator's pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/operator/enrolments").get(list::list))
        .service(web::resource("/operator/enrolments/{id}").get(show::show))
        .service(web::resource("/operator/enrolments/{id}/approval").post(decision::approve))
        .service(web::resource("/operator/enrolments/{id}/refusal").post(decision::refuse))
        .service(web::resource("/operator/enrolments/{id}/letters/{letter}/delivery").post(show::send_again));
}
