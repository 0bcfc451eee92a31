//! Secrets on their way to the one page that shows them: in the encrypted cookie of whoever made them,
//! nowhere else. The database only has their hashes.

use actix_session::Session;

use crate::error::Result;
use crate::values::password::{PasswordHash, Turns};
use crate::values::token::{Token, TokenHash};

/// At most so many secrets wait in a cookie, which holds 4 KB; the oldest goes first.
const MOST: usize = 8;
const KEY: &str = "once";

/// Keeps a secret under a name, for this browser only.
pub fn put(session: &Session, name: &str, secret: &str) {
    let mut kept = all(session);
    kept.retain(|(kept_name, _)| kept_name != name);
    kept.push((name.to_owned(), secret.to_owned()));
    let surplus = kept.len().saturating_sub(MOST);
    store(session, &kept.split_off(surplus));
}

/// The secret of this name, which stays until it is taken.
pub fn look(session: &Session, name: &str) -> Option<String> {
    all(session).into_iter().find(|(kept_name, _)| kept_name == name).map(|(_, secret)| secret)
}

/// The token of this name if it still is the one whose hash is kept; it stays until it is taken.
pub fn look_right_token(session: &Session, name: &str, kept: &TokenHash) -> Option<Token> {
    Token::parse(&look(session, name)?).filter(|token| token.hash() == *kept)
}

/// The secret of this name; afterwards there is none.
pub fn take(session: &Session, name: &str) -> Option<String> {
    let secret = look(session, name)?;
    let rest: Vec<_> = all(session).into_iter().filter(|(kept_name, _)| kept_name != name).collect();
    store(session, &rest);
    Some(secret)
}

/// The password of this name if it still is the one that is kept: somebody may have set another since.
///
/// # Errors
/// When it cannot be checked now; then it still waits.
pub async fn take_right(
    session: &Session,
    name: &str,
    kept: &PasswordHash,
    turns: &Turns,
) -> Result<Option<String>> {
    let Some(password) = look(session, name) else { return Ok(None) };
    let (hash, candidate) = (kept.clone(), password.clone());
    let is_right = turns.take().await?.work(move |turn| Ok(hash.matches(&candidate, turn))).await?;
    take(session, name);
    Ok(Some(password).filter(|_| is_right))
}

fn all(session: &Session) -> Vec<(String, String)> {
    session.get(KEY).ok().flatten().unwrap_or_default()
}

fn store(session: &Session, kept: &[(String, String)]) {
    if let Err(error) = session.insert(KEY, kept) {
        tracing::warn!(%error, "a secret could not be kept for its page");
    }
}
