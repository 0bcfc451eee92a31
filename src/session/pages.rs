//! The pages of this area, and what they share.

pub mod code;
pub mod password;
pub mod second_factor;
pub mod sign_in;

use super::letter::{self, Addressee, Told};
use super::store::{NewSignIn, Origin};
use crate::error::Result;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// A sign-in that is about to begin, with the letter for whoever does not know of it.
fn new_sign_in(
    to: &Addressee,
    (token, browser): (&Token, &Token),
    from: &Origin,
    now: Moment,
    site: &Site,
) -> Result<NewSignIn> {
    let told = Told::NewBrowser { agent: &from.device, address: &from.address };
    let notice = letter::notice(to, told, now, site)?;
    Ok(NewSignIn { token: token.hash(), browser: browser.hash(), from: from.clone(), notice })
}
