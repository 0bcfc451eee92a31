//! Letters to those whom a deed of another organisation concerns: one an hour at most, each kind can be switched off.
//!
//! A deed calls [`tell`] in its own transaction, beside its record in the activity log of the organisation that it
//! concerns. The housekeeper finds out whom there it is to be told ([`digest`]).

pub mod digest;
mod form;
pub mod jobs;
mod letters;
pub mod model;
mod pages;
mod said;
pub mod store;

use actix_web::web;

use crate::paths::notifications as at;

pub use letters::LETTERS;

pub use model::{Event, Kind};
pub use store::{tell, tell_as, tell_by_portal};

/// The pages of this area, for people who are signed in. The switches themselves stand on My profile.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(at::switches::ROUTE).post(pages::update));
}
