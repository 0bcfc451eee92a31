//! People: members of an organisation with their roles, and how they get to a password.

pub mod add_admin;
mod form;
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

use crate::session::confirmation;
pub use letters::LETTERS;

/// Pages for everybody.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/set-password/{token}")
                .get(pages::chosen_password::edit)
                .post(pages::chosen_password::update),
        )
        .service(
            web::resource("/email-proof/{token}")
                .get(pages::address_link::proof)
                .post(pages::address_link::prove),
        )
        .service(
            web::resource("/email-objection/{token}")
                .get(pages::address_link::objection)
                .post(pages::address_link::object),
        )
        .service(
            web::resource("/forgotten-password")
                .get(pages::forgotten_password::new)
                .post(pages::forgotten_password::create),
        );
}

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    let confirmed = || from_fn(confirmation::demand);
    config
        .service(web::resource("/roles").get(pages::roles::show))
        .service(web::resource("/profile").get(pages::profile::edit).post(pages::profile::update))
        .service(
            web::resource("/profile/email")
                .get(pages::address::edit)
                .route(web::post().to(pages::address::update).wrap(confirmed())),
        )
        .service(web::resource("/profile/email/proof").get(pages::address::offer).post(pages::address::mail))
        .service(web::resource("/profile/email/cancel").post(pages::address::cancel))
        .service(web::resource("/profile/sign-ins/end-others").post(pages::profile::end_others))
        .service(web::resource("/profile/sign-ins/{name}/end").post(pages::profile::end))
        .service(
            web::resource("/people")
                .get(pages::list::list)
                .route(web::post().to(pages::new::create).wrap(confirmed())),
        )
        .service(
            web::resource("/people/second-factor")
                .get(pages::requirement::edit)
                .route(web::post().to(pages::requirement::update).wrap(confirmed())),
        )
        .service(web::resource("/people/new").get(pages::new::new))
        .service(
            web::resource("/people/{id}")
                .get(pages::show::show)
                .route(web::post().to(pages::show::update).wrap(confirmed())),
        )
        .service(
            web::resource("/people/{id}/password")
                .get(pages::password::edit)
                .route(web::post().to(pages::password::update).wrap(confirmed())),
        )
        .service(
            web::resource("/people/{id}/second-factor/removal")
                .get(pages::second_factor::confirm)
                .route(web::post().to(pages::second_factor::remove).wrap(confirmed())),
        )
        .service(
            web::resource("/people/{id}/deactivation")
                .get(pages::lifecycle::confirm)
                .route(web::post().to(pages::lifecycle::deactivate).wrap(confirmed())),
        )
        .service(
            web::resource("/people/{id}/restoration")
                .route(web::post().to(pages::lifecycle::restore).wrap(confirmed())),
        )
        .service(web::resource("/people/{id}/sign-ins/end").post(pages::lifecycle::end_sign_ins));
}
