//! Promotions: for some days, what the operator names costs less for a first term.

mod exports;
pub mod facts;
mod form;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::promotions as at;

pub use exports::EXPORTS;

use pages::{edit, ending, list, show};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list).post(edit::create))
        .service(web::resource(at::new::ROUTE).get(edit::new))
        .service(web::resource(at::show::ROUTE).get(show::show))
        .service(web::resource(at::change::ROUTE).get(edit::edit).post(edit::update))
        .service(web::resource(at::ending::ROUTE).get(ending::new).post(ending::create));
}
