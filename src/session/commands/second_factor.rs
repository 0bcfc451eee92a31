//! One's own second factor and its recovery codes; the owner is told of every change.

use crate::access::Viewer;
use crate::error::Result;
use crate::session::letters::account_news::{Told, notice};
use crate::session::model::authenticator::AuthenticatorKey;
use crate::session::model::recovery::RecoveryCode;
use crate::session::proof;
use crate::session::store::second_factor::{self, NewSecondFactor};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::Portal;

/// Sets the viewer's second factor up, or puts another in the place of the one that is there since `replaced`. Answers
/// the recovery codes, and the token under which the sign-in in hand goes on; nothing when it was done in the meantime.
///
/// # Errors
/// Database errors.
pub async fn set(
    at: &Portal,
    by: &Viewer,
    (key, step): (&AuthenticatorKey, i64),
    replaced: Option<Moment>,
    (sign_in, browser): (Option<TokenHash>, Option<TokenHash>),
    now: Moment,
) -> Result<Option<(String, Token)>> {
    let (codes, hashes) = fresh_codes();
    let sealed_key = at.vault.seal(&proof::place(&by.person), &key.text())?;
    let new = NewSecondFactor { sealed_key, step, codes: hashes };
    let notice = notice(&by.into(), Told::SecondFactorSet, now, &at.site)?;
    let (viewer, renewed) = (by.clone(), Token::random());
    let token = renewed.hash();
    let is_set = at
        .db
        .write(move |conn| {
            let here = ((sign_in.as_ref(), browser.as_ref()), &token);
            second_factor::set(conn, &viewer, (replaced, &new), here, &notice, now)
        })
        .await?;
    if !is_set {
        return Ok(None);
    }
    at.bell.ring();
    Ok(Some((codes, renewed)))
}

/// Gives the viewer other recovery codes, which are answered; nothing when there is no second factor.
///
/// # Errors
/// Database errors.
pub async fn renew_codes(at: &Portal, by: &Viewer) -> Result<Option<String>> {
    let ((codes, hashes), viewer, now) = (fresh_codes(), by.clone(), Moment::now());
    let notice = notice(&by.into(), Told::RecoveryCodesRenewed, now, &at.site)?;
    let renew = move |conn: &mut _| second_factor::renew_codes(conn, &viewer, &hashes, &notice, now);
    if !at.db.write(renew).await? {
        return Ok(None);
    }
    at.bell.ring();
    Ok(Some(codes))
}

/// Removes the viewer's second factor. Answers whether there was one.
///
/// # Errors
/// Database errors.
pub async fn remove(at: &Portal, by: &Viewer) -> Result<bool> {
    let (viewer, now) = (by.clone(), Moment::now());
    let notice = notice(&by.into(), Told::SecondFactorRemoved, now, &at.site)?;
    let removed = at.db.write(move |conn| second_factor::remove(conn, &viewer, &notice, now)).await?;
    at.bell.ring();
    Ok(removed)
}

/// Recovery codes as they are shown, in one text, and as they are kept.
fn fresh_codes() -> (String, Vec<TokenHash>) {
    let codes = RecoveryCode::some();
    let shown: Vec<String> = codes.iter().map(RecoveryCode::shown).collect();
    (shown.join(" "), codes.iter().map(RecoveryCode::hash).collect())
}
