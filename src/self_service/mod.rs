//! A customer's own pages: who may do what for it, what it has, and the agreement that it accepts.

mod commands;
mod exports;
mod pages;
mod said;
mod store;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::paths::self_service as at;
use crate::session::confirmation;

pub use exports::EXPORTS;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::relationships::ROUTE).get(pages::relationships::show))
        .service(
            web::resource(at::remove_provider::ROUTE)
                .get(pages::provider::new_removal)
                .post(pages::provider::remove),
        )
        .service(
            web::resource(at::return_provider::ROUTE)
                .get(pages::provider::new_return)
                // It opens the account to somebody.
                .route(web::post().to(pages::provider::give_back).wrap(from_fn(confirmation::demand))),
        )
        .service(
            web::resource(at::remove_reseller::ROUTE)
                .get(pages::reseller::new_removal)
                .post(pages::reseller::remove),
        )
        .service(
            web::resource(at::return_reseller::ROUTE)
                .get(pages::reseller::new_return)
                .route(web::post().to(pages::reseller::give_back).wrap(from_fn(confirmation::demand))),
        )
        .service(web::resource(at::subscriptions::ROUTE).get(pages::subscriptions::list))
        .service(web::resource(at::agreements::ROUTE).get(pages::agreements::list))
        .service(
            web::resource(at::agreement::ROUTE).get(pages::agreements::show).post(pages::agreements::accept),
        );
}
