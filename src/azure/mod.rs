//! What customers spend on what is billed by usage: files of usage, the list of Azure spending, budgets and who is told of
//! them. Budgets inform; they stop nothing.

mod exports;
mod form;
pub mod jobs;
pub mod model;
mod pages;
mod said;
pub mod store;
pub mod wrong;

use actix_web::web;

use crate::paths::azure as at;

pub use exports::EXPORTS;

use pages::{budgets, customer, list, upload};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::spending::ROUTE).get(list::list))
        .service(web::resource(at::budgets::ROUTE).post(budgets::decide))
        .service(web::resource(at::upload::ROUTE).get(upload::new).post(upload::create))
        .service(web::resource(at::sample::ROUTE).get(upload::sample))
        .service(web::resource(at::preview::ROUTE).get(upload::show).post(upload::apply))
        .service(web::resource(at::of_customer::ROUTE).get(customer::show));
}
