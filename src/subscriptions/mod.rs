//! Subscriptions of a customer: details, changes, Reseller (MPN ID), Designated support contact.

mod exports;
pub mod facts;
pub mod form;
pub mod jobs;
pub mod model;
mod pages;
mod said;
pub mod store;
pub mod wrong;

use actix_web::web;

use crate::paths::subscriptions as at;

pub use exports::EXPORTS;

use pages::{
    billing, cancellation, changes, conversion, list, named, quantity, renewals, reseller, show, suspension,
    tenant_owner, undo,
};

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::of_customer::ROUTE).get(list::list))
        // Fixed names stand before {id}, which takes anything.
        .service(web::resource(at::list::ROUTE).get(named::list))
        .service(web::resource(at::renewals::ROUTE).get(renewals::list))
        .service(web::resource(at::decision::ROUTE).post(renewals::decide))
        .service(web::resource(at::undoable::ROUTE).get(undo::list))
        .service(web::resource(at::show::ROUTE).get(show::show))
        .service(web::resource(at::quantity::ROUTE).post(quantity::change))
        .service(web::resource(at::planned_quantity::ROUTE).post(changes::withdraw_plan))
        .service(web::resource(at::undo::ROUTE).get(undo::new).post(undo::create))
        .service(web::resource(at::billing::ROUTE).get(billing::new).post(billing::create))
        .service(web::resource(at::conversion::ROUTE).get(conversion::new).post(conversion::create))
        .service(web::resource(at::nickname::ROUTE).post(changes::nickname))
        .service(web::resource(at::suspension::ROUTE).get(suspension::new).post(suspension::create))
        .service(web::resource(at::cancellation::ROUTE).get(cancellation::new).post(cancellation::create))
        .service(web::resource(at::renewal::ROUTE).post(changes::renewal))
        .service(web::resource(at::reactivation::ROUTE).post(changes::reactivation))
        .service(web::resource(at::reseller::ROUTE).get(reseller::edit).post(reseller::update))
        .service(web::resource(at::tenant_owner::ROUTE).get(tenant_owner::new).post(tenant_owner::give))
        .service(
            web::resource(at::tenant_owner_withdrawal::ROUTE)
                .get(tenant_owner::confirm)
                .post(tenant_owner::withdraw),
        )
        .service(web::resource(at::support_contact::ROUTE).post(changes::support_contact));
}
