//! Reservations: capacity in a region, bought for years in advance under what a customer has that is billed by usage. What
//! can be reserved the operator says; a provider lets customers buy by themselves, up to a limit each month.

mod exports;
pub mod facts;
mod form;
pub mod jobs;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::reservations as at;

pub use exports::EXPORTS;

use pages::{buying, list, own, permissions, products};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::show::ROUTE).get(list::show))
        .service(web::resource(at::of_customer::ROUTE).get(list::of_customer))
        .service(web::resource(at::buy::ROUTE).get(buying::new).post(buying::create))
        .service(web::resource(at::permissions::ROUTE).get(permissions::show).post(permissions::allow))
        .service(web::resource(at::withdrawal::ROUTE).get(permissions::confirm).post(permissions::withdraw))
        .service(web::resource(at::products::ROUTE).get(products::list).post(products::create))
        .service(web::resource(at::new_product::ROUTE).get(products::new))
        .service(web::resource(at::change_product::ROUTE).get(products::edit).post(products::update))
        .service(web::resource(at::availability::ROUTE).get(products::confirm).post(products::set_available))
        .service(web::resource(at::own::ROUTE).get(own::list))
        .service(web::resource(at::buy_own::ROUTE).get(own::new).post(own::create));
}
