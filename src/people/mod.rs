//! People: members of an organisation with their roles, and how they get to a password.

pub mod add_admin;
mod form;
mod letter;
pub mod model;
mod pages;
pub mod store;

use actix_web::web;

/// Pages for everybody.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/set-password/{token}")
            .get(pages::chosen_password::edit)
            .post(pages::chosen_password::update),
    );
}

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/roles").get(pages::roles::show))
        .service(web::resource("/profile").get(pages::profile::edit).post(pages::profile::update))
        .service(web::resource("/profile/sign-ins/end-others").post(pages::profile::end_others))
        .service(web::resource("/profile/sign-ins/{name}/end").post(pages::profile::end))
        .service(web::resource("/people").get(pages::list::list).post(pages::new::create))
        .service(web::resource("/people/new").get(pages::new::new))
        .service(web::resource("/people/{id}").get(pages::show::show).post(pages::show::update))
        .service(
            web::resource("/people/{id}/password").get(pages::password::edit).post(pages::password::update),
        )
        .service(
            web::resource("/people/{id}/deactivation")
                .get(pages::lifecycle::confirm)
                .post(pages::lifecycle::deactivate),
        )
        .service(web::resource("/people/{id}/restoration").post(pages::lifecycle::restore))
        .service(web::resource("/people/{id}/sign-ins/end").post(pages::lifecycle::end_sign_ins));
}
