//! Tables that people send as files: what each row would do is shown first, then the rows are done one after another, by
//! themselves, and what they did can be taken back. The machinery is the same for every kind of file ([`trade::Trade`]); its pages are those of
//! files of users ([`of_users`]).

pub mod commands;
pub mod exports;
pub mod form;
pub mod jobs;
pub mod letters;
pub mod model;
pub mod of_users;
mod pages;
pub mod rows;
pub mod said;
pub mod store;
pub mod trade;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::paths::batches as at;
use crate::session::confirmation;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{list, new, passwords, returning, show};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    // Whoever is a user of a company gets into it.
    let confirmed = || from_fn(confirmation::demand);
    config
        .service(web::resource(at::of_customer::ROUTE).get(list::list).post(new::create))
        .service(web::resource(at::new::ROUTE).get(new::new))
        .service(web::resource(at::sample::ROUTE).get(new::sample))
        .service(
            web::resource(at::show::ROUTE)
                .get(show::show)
                .route(web::post().to(show::apply).wrap(confirmed())),
        )
        .service(web::resource(at::stop::ROUTE).post(show::stop))
        .service(
            web::resource(at::passwords::ROUTE).route(web::post().to(passwords::download).wrap(confirmed())),
        )
        .service(web::resource(at::links::ROUTE).route(web::post().to(passwords::mail).wrap(confirmed())))
        .service(
            web::resource(at::taking_back::ROUTE)
                .get(returning::confirm)
                .route(web::post().to(returning::take_back).wrap(confirmed())),
        );
}
