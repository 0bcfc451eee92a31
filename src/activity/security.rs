//! Sign-ins, wrong tries, refused pages and exports: who, from where, how often. For Global admins, and for those of the
//! operator of all organisations.

pub(super) mod export;
mod pages;
pub mod store;
pub mod watch;

use actix_web::web;

use crate::paths::activity as at;
use crate::text_enum;
use crate::values::id::{OrganisationId, PersonId};

/// For so many days events are kept.
pub const KEPT_DAYS: i64 = 180;

text_enum! {
    /// What happened. `templates/activity/security_words.html` names it for people.
    pub enum EventKind {
        SignIn = "sign_in",
        WrongPassword = "wrong_password",
        WrongCode = "wrong_code",
        /// The own password, asked for once more by somebody who is signed in.
        WrongConfirmation = "wrong_confirmation",
        PasswordsGuessed = "passwords_guessed",
        CodesGuessed = "codes_guessed",
        RefusedPage = "refused_page",
        Export = "export",
    }
}

/// What is to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    pub organisation: &'a OrganisationId,
    pub person: (&'a PersonId, &'a str),
    pub kind: EventKind,
    /// The permission that was missing, or the list that was exported; empty for everything else.
    pub detail: &'a str,
    /// From which network address.
    pub address: &'a str,
}

/// The page of this part, for people who are signed in.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(at::security::ROUTE).get(pages::list));
}
