//! A customer at a glance: the first page of its account, and what was done for it.

mod model;
mod pages;
mod reading;

use actix_web::web;

use crate::paths::customers as at;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::show::ROUTE).get(pages::overview::show))
        .service(web::resource(at::activity::ROUTE).get(pages::activity::list));
}
