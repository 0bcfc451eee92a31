//! The operator's pages: what stands above single organisations.

mod form;
mod letters;
pub mod model;
mod pages;
mod said;
mod store;

use actix_web::web;

use crate::values::agreement_text::LARGEST_FORM;
pub use letters::LETTERS;
use pages::{agreements, organisations, start, suspension, test_letter};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/operator").get(start::show))
        .service(web::resource("/operator/organisations").get(organisations::list))
        .service(web::resource("/operator/organisations/{id}").get(organisations::show))
        .service(
            web::resource("/operator/organisations/{id}/suspension")
                .get(suspension::new)
                .post(suspension::create),
        )
        .service(web::resource("/operator/organisations/{id}/resumption").post(suspension::resume))
        .service(
            web::resource("/operator/agreements")
                .app_data(web::FormConfig::default().limit(LARGEST_FORM))
                .get(agreements::list)
                .post(agreements::create),
        )
        .service(web::resource("/operator/agreements/new").get(agreements::new))
        .service(
            web::resource("/operator/agreements/draft")
                .app_data(web::FormConfig::default().limit(LARGEST_FORM))
                .post(agreements::draft),
        )
        .service(web::resource("/operator/agreements/{id}").get(agreements::show))
        .service(web::resource("/operator/letters").get(pages::letters::failed))
        .service(web::resource("/operator/letters/waiting").get(pages::letters::waiting))
        .service(web::resource("/operator/letters/test").get(test_letter::new).post(test_letter::create))
        .service(web::resource("/operator/letters/{id}/delivery").post(pages::letters::deliver))
        .service(web::resource("/operator/letters/waiting/{id}/delivery").post(pages::letters::hurry));
}
