//! Customers: the list, the export, a customer's account, and the rows of who administers it.

pub mod attestation;
mod exports;
pub mod facts;
mod form;
mod frame;
pub mod jobs;
pub mod languages;
pub mod model;
pub mod new_account;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::customers as at;

pub use exports::EXPORTS;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    // Fixed names stand before {id}, which takes anything.
    config
        .service(web::resource(at::list::ROUTE).get(pages::list::list))
        .service(web::resource(at::selection::ROUTE).post(pages::selection::update))
        .service(web::resource(at::account::ROUTE).get(pages::account::show))
        .service(
            web::resource(at::edit_company::ROUTE)
                .get(pages::edit::company)
                .post(pages::edit::change_company),
        )
        .service(
            web::resource(at::edit_contact::ROUTE)
                .get(pages::edit::contact)
                .post(pages::edit::change_contact),
        )
        .service(
            web::resource(at::edit_registration::ROUTE)
                .get(pages::edit::registration)
                .post(pages::edit::change_registration),
        )
        .service(
            web::resource(at::agreement::ROUTE).get(pages::agreement::edit).post(pages::agreement::update),
        )
        .service(web::resource(at::agreement_text::ROUTE).get(pages::agreement_text::show));
}
