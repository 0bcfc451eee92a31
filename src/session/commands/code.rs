//! The second step of a sign-in: the code of the authenticator app, or a recovery code.

use super::{SignIn, new_sign_in, note_wrong};
use crate::activity::security::EventKind;
use crate::error::Result;
use crate::session::model::authenticator::AuthenticatorKey;
use crate::session::model::throttle::Network;
use crate::session::proof;
use crate::session::store::Origin;
use crate::session::store::code::{self, Pending};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::values::token::{Token, TokenHash};
use crate::web::Portal;

/// Why a code was not taken.
pub enum Refusal {
    Wrong(Problem),
    /// After several wrong ones the next try is taken in so many seconds.
    Slowed {
        seconds: i64,
    },
}

/// Completes a sign-in whose password was right.
///
/// # Errors
/// Database errors.
pub async fn complete(
    at: &Portal,
    (sign_in, pending): (TokenHash, &Pending),
    (key, typed): (Option<&AuthenticatorKey>, &str),
    (from, browser): (&Origin, Option<Token>),
) -> Result<Result<SignIn, Refusal>> {
    let (whom, now) = (pending.whom.clone(), Moment::now());
    let (address, known) = (from.address.clone(), browser.as_ref().map(Token::hash));
    let begin_try =
        move |conn: &mut _| code::begin_try(conn, &whom, &Network::of(&address), known.as_ref(), now);
    let counted_by = match at.db.write(begin_try).await? {
        Ok(counted_by) => counted_by,
        Err(seconds) => return Ok(Err(Refusal::Slowed { seconds })),
    };
    let problem = match proof::read(&pending.factor, key, typed, now) {
        Ok(proof) => {
            let (token, browser) = (Token::random(), browser.unwrap_or_else(Token::random));
            let new = new_sign_in(&pending.whom, (&token, &browser), from, now, &at.site)?;
            let (whom, refusal) = (pending.whom.clone(), proof::refusal(&proof));
            let complete =
                move |conn: &mut _| code::complete(conn, (&sign_in, &whom), (&proof, &counted_by), &new, now);
            if at.db.write(complete).await? {
                at.bell.ring();
                return Ok(Ok(SignIn { token, browser, awaits_code: false }));
            }
            refusal
        }
        Err(problem) => problem,
    };
    note_wrong(at, Some(pending.whom.person), EventKind::WrongCode, from).await?;
    Ok(Err(Refusal::Wrong(problem)))
}
