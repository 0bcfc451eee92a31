//! People: members of an organisation with their roles, and how they get to a password.

pub mod add_admin;
mod commands;
mod exports;
pub mod facts;
pub mod form;
pub mod housekeeping;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::paths::people as at;
use crate::session::confirmation;
pub use exports::EXPORTS;
pub use letters::LETTERS;

/// Pages for everybody.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource(at::set_password::ROUTE)
                .get(pages::chosen_password::edit)
                .post(pages::chosen_password::update),
        )
        .service(
            web::resource(at::email_proof::ROUTE)
                .get(pages::address_link::proof)
                .post(pages::address_link::prove),
        )
        .service(
            web::resource(at::email_objection::ROUTE)
                .get(pages::address_link::objection)
                .post(pages::address_link::object),
        )
        .service(
            web::resource(at::forgotten_password::ROUTE)
                .get(pages::forgotten_password::new)
                .post(pages::forgotten_password::create),
        );
}

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    let confirmed = || from_fn(confirmation::demand);
    config
        .service(web::resource(at::roles::ROUTE).get(pages::roles::show))
        .service(web::resource(at::profile::ROUTE).get(pages::profile::edit).post(pages::profile::update))
        .service(
            web::resource(at::email::ROUTE)
                .get(pages::address::edit)
                .route(web::post().to(pages::address::update).wrap(confirmed())),
        )
        .service(web::resource(at::prove_email::ROUTE).get(pages::address::offer).post(pages::address::mail))
        .service(web::resource(at::keep_email::ROUTE).post(pages::address::cancel))
        .service(web::resource(at::end_other_sign_ins::ROUTE).post(pages::profile::end_others))
        .service(web::resource(at::end_sign_in::ROUTE).post(pages::profile::end))
        .service(
            web::resource(at::list::ROUTE)
                .get(pages::list::list)
                .route(web::post().to(pages::new::create).wrap(confirmed())),
        )
        .service(
            web::resource(at::second_factor::ROUTE)
                .get(pages::requirement::edit)
                .route(web::post().to(pages::requirement::update).wrap(confirmed())),
        )
        .service(web::resource(at::new::ROUTE).get(pages::new::new))
        .service(
            web::resource(at::show::ROUTE)
                .get(pages::show::show)
                .route(web::post().to(pages::show::update).wrap(confirmed())),
        )
        .service(
            web::resource(at::password::ROUTE)
                .get(pages::password::edit)
                .route(web::post().to(pages::password::update).wrap(confirmed())),
        )
        .service(
            web::resource(at::second_factor_removal::ROUTE)
                .get(pages::second_factor::confirm)
                .route(web::post().to(pages::second_factor::remove).wrap(confirmed())),
        )
        .service(
            web::resource(at::deactivation::ROUTE)
                .get(pages::lifecycle::confirm)
                .route(web::post().to(pages::lifecycle::deactivate).wrap(confirmed())),
        )
        .service(
            web::resource(at::restoration::ROUTE)
                .route(web::post().to(pages::lifecycle::restore).wrap(confirmed())),
        )
        .service(web::resource(at::end_sign_ins::ROUTE).post(pages::lifecycle::end_sign_ins));
}
