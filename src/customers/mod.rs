//! Customers: the list, the export, a customer's account and who administers it.

mod attestation;
mod form;
pub mod model;
pub mod new_account;
mod pages;
mod said;
pub mod store;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::session::confirmation;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    // Fixed names stand before {id}, which takes anything.
    config
        .service(web::resource("/customers").get(pages::list::list))
        .service(web::resource("/customers/export").get(pages::export::export))
        .service(web::resource("/customers/{id}").get(pages::show))
        .service(web::resource("/customers/{id}/account").get(pages::account::show))
        .service(
            web::resource("/customers/{id}/agreement")
                .get(pages::agreement::edit)
                .post(pages::agreement::update),
        )
        .service(
            web::resource("/customers/{id}/admin-password")
                .get(pages::admin_password::show)
                .route(web::post().to(pages::admin_password::create).wrap(from_fn(confirmation::demand))),
        )
        .service(
            web::resource("/customers/{id}/delegations/new")
                .get(pages::association::new)
                .post(pages::association::create),
        )
        .service(
            web::resource("/customers/{id}/delegations/{delegation}/replacement")
                .get(pages::association::edit)
                .post(pages::association::update),
        )
        .service(
            web::resource("/customers/{id}/delegations/{delegation}/end")
                .get(pages::delegation::edit)
                .post(pages::delegation::destroy),
        );
}
