//! The pages of this area, and what they share.

pub mod code;
pub mod password;
pub mod second_factor;
pub mod sign_in;

use super::letters::Addressee;
use super::letters::account_news::{Told, notice};
use super::store::{NewSignIn, Origin, wrong_tries};
use crate::activity::security::EventKind;
use crate::db::Db;
use crate::error::Result;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// Keeps that somebody typed something wrong at an account, or where there is none.
pub(super) async fn note_wrong(
    db: &Db,
    person: Option<PersonId>,
    kind: EventKind,
    from: &Origin,
) -> Result<()> {
    let (address, now) = (from.address.clone(), Moment::now());
    db.write(move |conn| wrong_tries::note(conn, person.as_ref(), kind, &address, now)).await
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
    let notice = notice(to, told, now, site)?;
    Ok(NewSignIn { token: token.hash(), browser: browser.hash(), from: from.clone(), notice })
}
