//! Who did what, for whom, with what result: written with every command, read on the Activity log page.

mod exports;
mod form;
pub mod jobs;
pub mod model;
pub mod security;
mod pages;
mod rows;
pub mod store;

use actix_web::web;

use crate::paths::activity as at;

pub use exports::EXPORTS;
pub use model::{Action, Author, Change, Entry, Outcome};
pub use rows::Rows;

/// The pages of this area, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(at::list::ROUTE).get(pages::list)).configure(security::routes);
}
