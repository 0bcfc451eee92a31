//! Letters ahead of renewals: who asked for them, and how far they look ahead. Each Monday one tells what renews and ends
//! next; none comes where nothing does.

mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::renewal_letters as at;

pub use letters::LETTERS;

/// The page of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(at::choice::ROUTE).get(pages::edit).post(pages::update));
}
