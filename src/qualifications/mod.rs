//! Special qualifications: a school is looked at by the operator before it counts as one, a public authority needs a
//! validation code of its provider.

mod commands;
mod exports;
pub mod facts;
mod form;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::qualifications as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{closing, codes, customer, decision, ending, list};

/// The pages of a customer's people, and those of the operator.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::of_customer::ROUTE).get(customer::show).post(customer::ask))
        .service(web::resource(at::end::ROUTE).get(ending::new).post(ending::create))
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::show::ROUTE).get(decision::show))
        .service(web::resource(at::approval::ROUTE).post(decision::approve))
        .service(web::resource(at::denial::ROUTE).post(decision::deny))
        .service(web::resource(at::codes::ROUTE).get(codes::list).post(codes::create))
        .service(web::resource(at::closing::ROUTE).get(closing::new).post(closing::create));
}
