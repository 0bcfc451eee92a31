//! Files of lists: every list of the portal is had as a file here, in one way. Short ones are sent at once; a long one is
//! made by a job and kept for a day, for whoever asked for it.

mod commands;
pub mod jobs;
mod kinds;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::exports as at;

pub use letters::LETTERS;

use pages::{file, list, show, taking};

/// The pages of this area and the exports of all lists, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    for kind in kinds::all() {
        config.service(web::resource(kind.route).get(taking::take).post(taking::prepare));
    }
    config
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::show::ROUTE).get(show::show))
        .service(web::resource(at::stop::ROUTE).post(show::stop))
        .service(web::resource(at::file::ROUTE).get(file::take));
}
