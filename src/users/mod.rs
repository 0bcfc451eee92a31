//! The users of a customer's company, looked after by its partners: who they are, how they sign in, until when they can be
//! restored.

mod commands;
mod exports;
pub mod facts;
mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
pub mod wrong;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::paths::users as at;
use crate::session::confirmation;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{assigning, credentials, customers, deletion, licenses, list, new, password, show};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    // Whoever is a user of a company gets into it.
    let confirmed = || from_fn(confirmation::demand);
    // Fixed names stand before {user}, which takes anything.
    config
        .service(web::resource(at::customers::ROUTE).get(customers::list))
        .service(
            web::resource(at::of_customer::ROUTE)
                .get(list::list)
                .route(web::post().to(new::create).wrap(confirmed())),
        )
        .service(web::resource(at::new::ROUTE).get(new::new))
        .service(web::resource(at::deleted::ROUTE).get(list::deleted))
        .service(web::resource(at::licenses::ROUTE).get(licenses::show))
        .service(web::resource(at::picks::ROUTE).post(assigning::pick))
        .service(
            web::resource(at::picked_licenses::ROUTE).get(assigning::show_many).post(assigning::change_many),
        )
        .service(web::resource(at::credentials::ROUTE).get(credentials::show).post(credentials::drop))
        .service(web::resource(at::credentials_file::ROUTE).post(credentials::download))
        .service(
            web::resource(at::credentials_links::ROUTE)
                .route(web::post().to(credentials::mail).wrap(confirmed())),
        )
        .service(
            web::resource(at::admin_password::ROUTE)
                .get(password::show_admin)
                .route(web::post().to(password::create_admin).wrap(confirmed())),
        )
        .service(
            web::resource(at::password::ROUTE)
                .get(password::show_user)
                .route(web::post().to(password::create_user).wrap(confirmed())),
        )
        .service(
            web::resource(at::deletion::ROUTE)
                .get(deletion::confirm)
                .route(web::post().to(deletion::delete).wrap(confirmed())),
        )
        .service(web::resource(at::user_licenses::ROUTE).get(assigning::show_one).post(assigning::change_one))
        .service(
            web::resource(at::restoration::ROUTE).route(web::post().to(deletion::restore).wrap(confirmed())),
        )
        .service(
            web::resource(at::show::ROUTE)
                .get(show::show)
                .route(web::post().to(show::update).wrap(confirmed())),
        );
}
