//! Subscriptions of a customer: details, changes, Reseller (MPN ID), Designated support contact.

pub mod form;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use pages::{billing, changes, list, named, quantity, reseller, show, suspension};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/customers/{id}/subscriptions").get(list::list))
        .service(web::resource("/customers/{id}/subscriptions/export").get(list::export))
        // Fixed names stand before {id}, which takes anything.
        .service(web::resource("/subscriptions").get(named::list))
        .service(web::resource("/subscriptions/export").get(named::export))
        .service(web::resource("/subscriptions/{id}").get(show::show))
        .service(web::resource("/subscriptions/{id}/quantity").post(quantity::change))
        .service(web::resource("/subscriptions/{id}/billing").get(billing::new).post(billing::create))
        .service(web::resource("/subscriptions/{id}/nickname").post(changes::nickname))
        .service(
            web::resource("/subscriptions/{id}/suspension").get(suspension::new).post(suspension::create),
        )
        .service(web::resource("/subscriptions/{id}/reactivation").post(changes::reactivation))
        .service(web::resource("/subscriptions/{id}/reseller").get(reseller::edit).post(reseller::update))
        .service(web::resource("/subscriptions/{id}/support-contact").post(changes::support_contact));
}
