//! Who looks after a customer: who administers it, earns for its subscriptions and helps with them; how that changes, at
//! once or on a day, and how it ends.

mod commands;
mod exports;
pub mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::relationships as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{arrangement, ending, ledger, plan, prolongation};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::ending::ROUTE).get(ending::list).post(ending::prolong))
        .service(web::resource(at::of_customer::ROUTE).get(ledger::show))
        .service(web::resource(at::new::ROUTE).get(arrangement::new).post(arrangement::create))
        .service(web::resource(at::change::ROUTE).get(arrangement::edit).post(arrangement::update))
        .service(web::resource(at::plan_removal::ROUTE).get(plan::new).post(plan::create))
        .service(web::resource(at::prolongation::ROUTE).get(prolongation::edit).post(prolongation::update));
}
