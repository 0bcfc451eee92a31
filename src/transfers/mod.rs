//! Subscriptions that move from one partner to another, as a file with three sides: who has them, the customer, and who is
//! to have them. It is started by who has them, answered on pages, and ends by itself if nobody answers.

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

use actix_web::web;

use crate::paths::transfers as at;

pub use exports::EXPORTS;
pub use letters::LETTERS;

use pages::{answer, link, list, new, own, recording, reminding, show, withdrawal};

/// The largest answer that is read, in bytes: a name and a reason.
const LARGEST_ANSWER: usize = 16 * 1024;

/// The customer's mailed link, for people without an account.
pub fn public_routes(config: &mut web::ServiceConfig) {
    let short = web::FormConfig::default().limit(LARGEST_ANSWER);
    config.service(web::resource(at::link::ROUTE).app_data(short).get(link::show).post(link::answer));
}

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::list::ROUTE).get(list::list))
        .service(web::resource(at::new::ROUTE).get(new::new).post(new::create))
        .service(web::resource(at::show::ROUTE).get(show::show))
        .service(web::resource(at::answer::ROUTE).get(answer::new).post(answer::create))
        .service(web::resource(at::form::ROUTE).get(recording::form))
        .service(web::resource(at::recording::ROUTE).get(recording::new).post(recording::create))
        .service(web::resource(at::reminder::ROUTE).post(reminding::create))
        .service(web::resource(at::withdrawal::ROUTE).get(withdrawal::new).post(withdrawal::create))
        .service(web::resource(at::own::ROUTE).get(own::list))
        .service(web::resource(at::show_own::ROUTE).get(own::show).post(own::answer));
}
