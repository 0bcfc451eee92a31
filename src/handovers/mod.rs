//! Who looks after many customers, changed at once: one customer after another, with a result for each. So it goes for what
//! somebody selects, and for all customers of a reseller when the partnership with it ends.

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
mod wrong;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::paths::{handovers as at, partnerships};
use crate::session::confirmation;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{list, new, progress, removal};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::new::ROUTE).get(new::new).post(new::create))
        .service(web::resource(at::show::ROUTE).get(progress::show))
        .service(web::resource(at::stop::ROUTE).post(progress::stop))
        .service(web::resource(at::again::ROUTE).post(progress::again))
        .service(
            web::resource(partnerships::removal::ROUTE)
                .get(removal::new)
                .route(web::post().to(removal::create).wrap(from_fn(confirmation::demand))),
        );
}
