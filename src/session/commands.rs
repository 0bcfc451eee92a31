//! Deeds of this area that check passwords and codes, or need letters beside what they write.

pub mod code;
pub mod password;
pub mod second_factor;
pub mod sign_in;

use super::letters::Addressee;
use super::letters::account_news::{Told, notice};
use super::store::{NewSignIn, Origin, wrong_tries};
use crate::activity::security::EventKind;
use crate::error::Result;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Portal, Site};

/// A sign-in that has begun.
pub struct SignIn {
    pub token: Token,
    /// The token of the browser, which is known from now on.
    pub browser: Token,
    /// Whether the second factor's code is still awaited.
    pub awaits_code: bool,
}

/// Why a password was not taken; unknown and wrong are one answer.
pub enum Refusal {
    Wrong,
    /// After several wrong ones the next try is taken in so many seconds.
    Slowed {
        seconds: i64,
    },
    /// Too many passwords are being checked; nothing was tried.
    Busy,
}

/// Keeps that somebody typed something wrong at an account, or where there is none.
///
/// # Errors
/// Database errors.
pub async fn note_wrong(at: &Portal, person: Option<PersonId>, kind: EventKind, from: &Origin) -> Result<()> {
    let (address, now) = (from.address.clone(), Moment::now());
    at.db.write(move |conn| wrong_tries::note(conn, person.as_ref(), kind, &address, now)).await
}

/// A sign-in that is about to begin, with the letter for whoever does not know of it.
fn new_sign_in(
    to: &Addressee,
    (token, browser): (&Token, &Token),
    from: &Origin,
    now: Moment,
    site: &Site,
) -> Result<NewSignIn> {
    let told = Told::NewBrowser { agent: &from.device, address: &from.address };
    let to = Addressee { language: Some(from.language_of(to.language)), ..to.clone() };
    let notice = notice(&to, told, now, site)?;
    Ok(NewSignIn { token: token.hash(), browser: browser.hash(), from: from.clone(), notice })
}
