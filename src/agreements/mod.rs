//! Customer agreements: the operator's texts by country and version, and who was asked to accept them.

mod form;
pub mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::agreements as at;
use crate::values::agreement_text::LARGEST_FORM;
pub use letters::LETTERS;

/// The operator's pages.
pub fn routes(config: &mut web::ServiceConfig) {
    let long = || web::FormConfig::default().limit(LARGEST_FORM);
    config
        .service(
            web::resource(at::list::ROUTE).app_data(long()).get(pages::list).post(pages::publishing::create),
        )
        .service(web::resource(at::new::ROUTE).get(pages::publishing::new))
        .service(web::resource(at::draft::ROUTE).app_data(long()).post(pages::publishing::draft))
        .service(web::resource(at::show::ROUTE).get(pages::show));
}
