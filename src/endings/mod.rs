//! Ending a provider's relationship with a customer, at once or on a day, and reinstating it; and a reseller that gives a
//! customer back.

mod commands;
mod due;
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

use actix_web::web;

use crate::paths::endings as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{consent, ending, giving_back, list, reinstatement, remedies};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::end::ROUTE).get(ending::new).post(ending::create))
        .service(web::resource(at::suspension::ROUTE).post(remedies::suspend))
        .service(web::resource(at::drafts::ROUTE).post(remedies::drop_drafts))
        .service(web::resource(at::plan::ROUTE).post(remedies::drop_plan))
        .service(web::resource(at::reinstatement::ROUTE).get(reinstatement::new).post(reinstatement::create))
        .service(web::resource(at::consent::ROUTE).get(consent::new).post(consent::create))
        .service(web::resource(at::give_back::ROUTE).get(giving_back::new).post(giving_back::create));
}
