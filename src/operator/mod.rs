//! The operator's pages: what stands above single organisations.

mod commands;
mod exports;
mod form;
mod letters;
pub mod model;
mod pages;
mod said;
mod store;

use actix_web::web;

use crate::paths::operator as at;
use crate::values::agreement_text::LARGEST_FORM;
pub use exports::EXPORTS;
pub use letters::LETTERS;
use pages::{agreements, organisations, start, suspension, test_letter};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::overview::ROUTE).get(start::show))
        .service(web::resource(at::organisations::ROUTE).get(organisations::list))
        .service(web::resource(at::organisation::ROUTE).get(organisations::show))
        .service(web::resource(at::suspension::ROUTE).get(suspension::new).post(suspension::create))
        .service(web::resource(at::resumption::ROUTE).post(suspension::resume))
        .service(
            web::resource(at::agreements::ROUTE)
                .app_data(web::FormConfig::default().limit(LARGEST_FORM))
                .get(agreements::list)
                .post(agreements::create),
        )
        .service(web::resource(at::new_agreement::ROUTE).get(agreements::new))
        .service(
            web::resource(at::agreement_draft::ROUTE)
                .app_data(web::FormConfig::default().limit(LARGEST_FORM))
                .post(agreements::draft),
        )
        .service(web::resource(at::agreement::ROUTE).get(agreements::show))
        .service(web::resource(at::failed_letters::ROUTE).get(pages::letters::failed))
        .service(web::resource(at::waiting_letters::ROUTE).get(pages::letters::waiting))
        .service(web::resource(at::test_letter::ROUTE).get(test_letter::new).post(test_letter::create))
        .service(web::resource(at::send_again::ROUTE).post(pages::letters::deliver))
        .service(web::resource(at::send_now::ROUTE).post(pages::letters::hurry));
}
