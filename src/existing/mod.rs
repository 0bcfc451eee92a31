//! Customers that a provider had before, added from a file: what each row does is shown first, likely duplicates are
//! decided one by one, and what a customer runs already is brought along. The machinery is that of all files (`batches`).

mod exports;
mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::existing as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{list, new, returning, show};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list).post(new::create))
        .service(web::resource(at::new::ROUTE).get(new::new))
        .service(web::resource(at::sample::ROUTE).get(new::sample))
        .service(web::resource(at::show::ROUTE).get(show::show).post(show::apply))
        .service(web::resource(at::choices::ROUTE).post(show::choose))
        .service(web::resource(at::stop::ROUTE).post(show::stop))
        .service(web::resource(at::agreements::ROUTE).post(show::ask))
        .service(web::resource(at::taking_back::ROUTE).get(returning::confirm).post(returning::take_back));
}
