//! The one letter that carries the customer's link.

use crate::access::Viewer;
use crate::customers::model::Account;
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::mail::compose::Written as _;
use crate::session::postage;
use crate::transfers::letters::asked::Asked;
use crate::transfers::model::Transfer;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// A link with the letter that takes it there: made outside of what writes them, which may run again.
pub struct Post {
    pub token: Token,
    pub letter: LetterId,
}

impl Post {
    pub fn fresh() -> Self {
        Self { token: Token::random(), letter: LetterId::new() }
    }
}

/// Asks the customer, in the language of its account.
///
/// # Errors
/// [`crate::error::Error::TooManyLetters`]; when the letter cannot be written; database errors.
pub(super) fn ask(
    conn: &mut Connection,
    sender: &Viewer,
    (transfer, account, post): (&Transfer, &Account, &Post),
    site: &Site,
    now: Moment,
) -> Result<()> {
    let language = Language::fitting(&account.culture).unwrap_or_default();
    let letter = Asked { transfer, sender, token: &post.token, language, site }.letter()?;
    postage::put(conn, sender, &post.letter, &letter, now)
}
