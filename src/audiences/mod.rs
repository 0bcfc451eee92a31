//! Audiences of offers: which of its resellers a provider lets be named on which offer, so that they earn for it.

pub mod facts;
mod form;
pub mod model;
mod pages;
mod said;
pub mod store;
mod wrong;

use actix_web::web;

use crate::paths::audiences as at;

use pages::{edit, of_reseller};

/// The largest form: some thousand resellers, ticked.
const LARGEST_FORM: usize = 400_000;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    let roomy = web::FormConfig::default().limit(LARGEST_FORM);
    config
        .service(web::resource(at::of_offer::ROUTE).app_data(roomy).get(edit::edit).post(edit::update))
        .service(web::resource(at::of_reseller::ROUTE).get(of_reseller::show));
}
