//! Signing in, by address and password.

use super::{Refusal, SignIn, new_sign_in, note_wrong};
use crate::activity::security::EventKind;
use crate::error::Result;
use crate::session::model::throttle::Network;
use crate::session::store::{self, Account, Begun, Candidate, Origin};
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::{Token, TokenHash};
use crate::web::Portal;

/// Where somebody signs in.
pub struct Here {
    pub from: Origin,
    /// The browser's token, if it has one.
    pub browser: Option<Token>,
    /// The sign-in that the browser is in by now, perhaps somebody else's.
    pub before: Option<Token>,
}

/// Signs somebody in; where there is a second factor, its code is awaited.
///
/// # Errors
/// Database errors.
pub async fn sign_in(
    at: &Portal,
    (email, password): (&Email, &str),
    Here { from, browser, before }: Here,
) -> Result<Result<SignIn, Refusal>> {
    let known = browser.as_ref().map(Token::hash);
    let begun = match try_password(at, email, password, &from, known).await? {
        Ok(candidate) => begin(at, candidate, browser.unwrap_or_else(Token::random), &from).await?,
        Err(refusal) => Err(refusal),
    };
    if let (Ok(_), Some(before)) = (&begun, before) {
        // Whoever signs in again is somebody else in this browser from now on: a copy of the old cookie opens nothing.
        at.db.write(move |conn| store::end_sign_in(conn, &before.hash())).await?;
    }
    if let Ok(SignIn { awaits_code: false, .. }) = &begun {
        at.bell.ring();
    }
    Ok(begun)
}

async fn try_password(
    at: &Portal,
    email: &Email,
    password: &str,
    from: &Origin,
    browser: Option<TokenHash>,
) -> Result<Result<Candidate, Refusal>> {
    // Before the try is counted: whoever gets no turn has tried nothing.
    let Ok(turn) = at.turns.take().await else { return Ok(Err(Refusal::Busy)) };
    let (email, address, now) = (email.as_str().to_owned(), from.address.clone(), Moment::now());
    let begin_try =
        move |conn: &mut _| store::begin_try(conn, &email, &Network::of(&address), browser.as_ref(), now);
    let account = at.db.write(begin_try).await?;
    let (candidate, hash) = match account {
        Account::Slowed { seconds } => return Ok(Err(Refusal::Slowed { seconds })),
        Account::Known(candidate) => (Some((*candidate).clone()), candidate.password),
        // As much work as for a known account, so that the time of the answer tells nothing.
        Account::Unknown => (None, PasswordHash::of_nobody()),
    };
    let typed = password.to_owned();
    if turn.work(move |turn| Ok(hash.matches(&typed, turn))).await?
        && let Some(candidate) = candidate
    {
        return Ok(Ok(candidate));
    }
    let person = candidate.map(|candidate| candidate.whom.person);
    note_wrong(at, person, EventKind::WrongPassword, from).await?;
    Ok(Err(Refusal::Wrong))
}

/// Begins the sign-in of somebody whose password was right.
async fn begin(
    at: &Portal,
    candidate: Candidate,
    browser: Token,
    from: &Origin,
) -> Result<Result<SignIn, Refusal>> {
    let (token, now) = (Token::random(), Moment::now());
    let new = new_sign_in(&candidate.whom, (&token, &browser), from, now, &at.site)?;
    let begun = at.db.write(move |conn| store::begin_sign_in(conn, &candidate, &new, now)).await?;
    Ok(match begun {
        Begun::Signed => Ok(SignIn { token, browser, awaits_code: false }),
        Begun::AwaitsCode => Ok(SignIn { token, browser, awaits_code: true }),
        Begun::No => Err(Refusal::Wrong),
    })
}
