//! Signing in and out, one's own password and second factor, and asking for the password once more.

pub mod browser;
mod chosen_language;
mod commands;
pub mod confirmation;
pub mod facts;
mod form;
pub mod jobs;
pub mod letters;
pub mod model;
pub mod origin;
mod pages;
pub mod postage;
mod proof;
mod said;
pub mod store;
mod wrong;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::db::Db;
use crate::error::Result;
use crate::paths::session as at;
use crate::values::id::PersonId;
use crate::web::Vault;
pub use letters::LETTERS;
use pages::{code, language, password, second_factor, sign_in};

/// The same tallies for other things that everybody may do and nobody too often.
pub mod tally {
    pub use super::model::throttle::{Network, Subject, subjects_of_owner};
    pub use super::store::throttle::count_one_more;
}

/// Seals second factors anew that an earlier session key sealed; answers how many there were.
///
/// # Errors
/// Database errors.
pub async fn reseal(db: &Db, vault: &Vault) -> Result<usize> {
    let vault = vault.clone();
    let renew = move |person: &PersonId, sealed: &str| vault.renew(&proof::place(person), sealed);
    db.write(move |conn| store::second_factor::reseal(conn, &renew)).await
}

/// Pages for everybody.
pub fn public_routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(at::sign_in::ROUTE).get(sign_in::new))
        .service(web::resource(at::begin::ROUTE).post(sign_in::create))
        .service(web::resource(at::code::ROUTE).get(code::new).post(code::create))
        .service(web::resource(at::language::ROUTE).post(language::update))
        .service(web::resource(at::end::ROUTE).post(sign_in::destroy));
}

/// Pages for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    let confirmed = || from_fn(confirmation::demand);
    config
        .service(web::resource(at::password::ROUTE).get(password::edit).post(password::update))
        .service(
            web::resource(at::second_factor::ROUTE)
                .get(second_factor::show)
                .route(web::post().to(second_factor::create).wrap(confirmed())),
        )
        .service(web::resource(at::new_second_factor::ROUTE).get(second_factor::new))
        .service(
            web::resource(at::recovery_codes::ROUTE)
                .route(web::post().to(second_factor::renew_codes).wrap(confirmed())),
        )
        .service(
            web::resource(at::second_factor_removal::ROUTE)
                .get(second_factor::confirm_removal)
                .route(web::post().to(second_factor::remove).wrap(confirmed())),
        );
}
