//! The catalogue: offers, what they cost, and who can buy them; and the pages on which the operator keeps it.

pub mod command_line;
mod commands;
mod exports;
pub mod facts;
mod form;
pub mod model;
mod pages;
mod said;
pub mod sample;
pub mod store;
pub mod wrong;

use actix_web::web;

use crate::paths::catalog as at;

pub use exports::EXPORTS;

use pages::{announced, changes, edit, list, pin, show, upload, withdrawal};

/// The largest form about one offer: lists of countries and prerequisites, and 32 prices.
const LARGEST_FORM: usize = 400_000;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    let roomy = || web::FormConfig::default().limit(LARGEST_FORM);
    config
        .service(web::resource(at::list::ROUTE).app_data(roomy()).get(list::list).post(edit::create))
        .service(web::resource(at::changes::ROUTE).get(changes::list))
        .service(web::resource(at::sample::ROUTE).get(upload::sample).post(upload::take_sample))
        .service(web::resource(at::new::ROUTE).get(edit::new))
        .service(web::resource(at::upload::ROUTE).get(upload::new).post(upload::create))
        .service(web::resource(at::preview::ROUTE).get(upload::show).post(upload::apply))
        .service(web::resource(at::show::ROUTE).get(show::show))
        .service(web::resource(at::change::ROUTE).app_data(roomy()).get(edit::edit).post(edit::update))
        .service(web::resource(at::pin::ROUTE).post(pin::create))
        .service(web::resource(at::withdrawal::ROUTE).get(withdrawal::new).post(withdrawal::withdraw))
        .service(web::resource(at::announced::ROUTE).get(announced::ask).post(announced::withdraw))
        .service(
            web::resource(at::bring_back::ROUTE).get(withdrawal::confirm_return).post(withdrawal::bring_back),
        );
}
