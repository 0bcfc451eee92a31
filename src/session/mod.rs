//! Signing in and out, and changing one's own password.

mod browser;
mod form;
mod model;
mod pages;
mod store;

use actix_web::web;

/// The same tallies for other things that everybody may do and nobody too often.
pub mod tally {
    pub use super::model::throttle::{Network, Subject};
    pub use super::store::throttle::count_one_more;
}

/// Pages for everybody.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/sign-in").get(pages::new))
        .service(web::resource("/session").post(pages::create))
        .service(web::resource("/session/end").post(pages::destroy));
}

/// Pages for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/password").get(pages::edit_password).post(pages::update_password));
}
